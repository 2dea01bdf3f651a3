#include "support/dumps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"

#define SSTP_KEY "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"
#define HTTP_KEY "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters"

enum label {
	HEADING,
	ADDRESS,
	NAME,
	STORE,
	HASH,
	OWNER,
	STORE_NAME,
	EXTENDED,
	OTHER, /* any further one */
	LABELS
};

static const char *const labels[][LABELS] = {
    [DUMPS_ENGLISH] = {"SSL Certificate bindings", "IP:port", "Hostname:port",
        "Central Certificate Store", "Certificate Hash", "Application ID", "Certificate Store Name",
        "Extended Properties", "Verify Client Certificate Revocation"},
    [DUMPS_GERMAN] = {"SSL-Zertifikatbindungen", "IP:Port", "Hostname:Port",
        "Zentraler Zertifikatspeicher", "Zertifikathash", "Anwendungs-ID", "Zertifikatspeichername",
        "Erweiterte Eigenschaften", "Clientzertifikatsperrung überprüfen"},
    [DUMPS_CHINESE] = {"SSL 证书绑定", "IP:端口", "主机名:端口", "中央证书存储", "证书哈希",
        "应用程序 ID", "证书存储名称", "扩展属性", "验证客户端证书吊销"},
    [DUMPS_PORTUGUESE] = {"Associações de Certificado SSL", "IP:porta", "Nome do host:porta",
        "Repositório Central", "Hash do Certificado", "ID do Aplicativo", "Nome do Repositório",
        "Propriedades Estendidas", "Verificar Revogação"},
    [DUMPS_RUSSIAN] = {"Привязки сертификатов SSL", "IP:порт", "Имя узла:порт",
        "Центральное хранилище", "Хэш сертификата", "Код приложения", "Имя хранилища",
        "Расширенные свойства", "Проверять отзыв"},
};

void
dumps_healthy(struct dumps_scene *scene, const char *sha1, const char *sha256)
{
	static const char sstp[] = "{ba195980-cd49-458b-9e23-c84ee0adcd75}";

	*scene = (struct dumps_scene){
	    .entries = {{"0.0.0.0:443", sha1, sstp}, {"[::]:443", sha1, sstp}},
	    .entries_count = 2,
	    .has_sstp = true,
	    .use_https = 1,
	    .by_admin = 0,
	    .port = 0,
	    .applied_https = 1,
	    .applied_port = 443,
	    .sha256 = sha256,
	    .sha1 = sha1,
	};
}

bool
dumps_tells_bindings(enum dumps_shape shape)
{
	(void)shape;
	return true;
}

bool
dumps_tells_sstp(enum dumps_shape shape)
{
	return shape == DUMPS_REG_QUERY || shape == DUMPS_REG_EXPORT || shape == DUMPS_COLLECTOR;
}

/* Letters that look random and are the same in each run. */
static void
add_random(struct text *text, enum dumps_language language, unsigned label)
{
	unsigned state = label * 2654435761u + (unsigned)language;

	for (unsigned i = 0; i < 4 + label % 9; i++) {
		state = state * 1664525 + 1013904223;
		if (language == DUMPS_RANDOM_LATIN)
			text_add_char(text, (char)('a' + (state >> 24) % 26));
		else
			/* A character from U+4E00 on, in UTF-8. */
			text_format(text, "%c%c%c", (char)(0xE4 + (state >> 24) % 5),
			    (char)(0xB8 + (state >> 16) % 8), (char)(0x80 + (state >> 8) % 64));
	}
	if (label == ADDRESS || label == NAME)
		text_add(text, ":q");
}

static void
add_label(struct text *text, enum dumps_language language, enum label label)
{
	if (language < DUMPS_RANDOM_LATIN)
		text_add(text, labels[language][label]);
	else
		add_random(text, language, label);
}

struct writer {
	struct text *text;
	const struct dumps_scene *scene;
	enum dumps_shape shape;
	enum dumps_language language;
};

static void
add_field(const struct writer *writer, enum label label, const char *value)
{
	size_t start = writer->text->length;
	size_t width = writer->shape == DUMPS_NETSH_2008 ? 28 : 33;

	text_add(writer->text, "    ");
	add_label(writer->text, writer->language, label);
	while (writer->text->length - start < width)
		text_add_char(writer->text, ' ');
	/* German captures have blanks at the end. */
	text_format(
	    writer->text, " : %s%s\r\n", value, writer->language == DUMPS_GERMAN ? "  " : "");
}

static void
add_sub_blocks(const struct writer *writer)
{
	static const char *const numbers[][3] = {
	    {"0", "1048576", ""}, {"1", "2796202", "4294967295"}, {"2", "", ""}};

	for (size_t i = 0; i < 3; i++) {
		text_add_char(writer->text, ' ');
		add_label(writer->text, writer->language, EXTENDED);
		text_add(writer->text, ":\r\n");
		for (size_t j = 0; j < 3; j++)
			if (numbers[i][j][0] != '\0')
				add_field(writer, OTHER, numbers[i][j]);
	}
}

static enum label
endpoint_label(const char *endpoint)
{
	if (strchr(endpoint, ':') == NULL)
		return STORE;
	return endpoint[0] == '[' || (endpoint[0] >= '0' && endpoint[0] <= '9') ? ADDRESS : NAME;
}

static void
add_netsh(const struct writer *writer)
{
	const char *empty = writer->shape == DUMPS_NETSH_2008 ? "" : "(null)";
	const struct dumps_scene *scene = writer->scene;

	text_add(writer->text, "\r\n");
	add_label(writer->text, writer->language, HEADING);
	text_add(writer->text, ":\r\n-------------------------\r\n\r\n");
	for (size_t i = 0; i < scene->entries_count; i++) {
		const struct dumps_entry *entry = &scene->entries[i];

		add_field(writer, endpoint_label(entry->endpoint), entry->endpoint);
		if (entry->hash != NULL)
			add_field(writer, HASH, entry->hash);
		if (entry->owner != NULL)
			add_field(writer, OWNER, entry->owner);
		add_field(writer, STORE_NAME, writer->shape == DUMPS_NETSH_2008 ? "MY" : "(null)");
		add_field(writer, OTHER, "Enabled");
		add_field(writer, OTHER, "0");
		add_field(writer, OTHER, empty);
		if (writer->shape != DUMPS_NETSH_2008)
			add_field(writer, OTHER, "Not Set");
		if (writer->shape == DUMPS_NETSH_2022)
			add_sub_blocks(writer);
		text_add(writer->text, "\r\n");
	}
}

static void
add_netsh_json(const struct writer *writer)
{
	const struct dumps_scene *scene = writer->scene;

	text_add(writer->text, "{\"SslCertificateBindings\":[");
	for (size_t i = 0; i < scene->entries_count; i++) {
		const struct dumps_entry *entry = &scene->entries[i];

		text_add(writer->text, i == 0 ? "{" : ",{");
		if (endpoint_label(entry->endpoint) == STORE)
			text_format(writer->text, "\"centralStorePort\":%s", entry->endpoint);
		else
			text_format(writer->text, "\"IpPort\":\"%s\"", entry->endpoint);
		text_add(writer->text, ",\"ConfigType\":0,\"Flags\":[]");
		if (entry->hash != NULL)
			text_format(writer->text, ",\"SslHash\":\"%s\"", entry->hash);
		if (entry->owner != NULL)
			text_format(
			    writer->text, ",\"AppId\":{\"GuidString\":\"%s\"}", entry->owner);
		text_add(writer->text, ",\"SslCertStoreName\":null,\"Timeout\":0}");
	}
	text_add(writer->text, "],\"message\":\"\",\"status\":0}\r\n");
}

/* The bytes of a GUID as the registry keeps them, in hexadecimal digits. */
static void
guid_digits(const char *guid, char digits[33])
{
	static const int order[] = {7, 5, 3, 1, 12, 10, 17, 15, 20, 22, 25, 27, 29, 31, 33, 35};

	for (size_t i = 0; i < 16; i++)
		memcpy(digits + 2 * i, guid + order[i], 2);
	digits[32] = '\0';
}

static void
add_number(const struct writer *writer, const char *name, int value)
{
	if (value == DUMPS_NONE)
		return;
	if (writer->shape == DUMPS_REG_QUERY)
		text_format(writer->text, "    %s    REG_DWORD    0x%x\r\n", name, (unsigned)value);
	else
		text_format(writer->text, "\"%s\"=dword:%08x\r\n", name, (unsigned)value);
}

static void
add_string(const struct writer *writer, const char *name, const char *value)
{
	if (writer->shape == DUMPS_REG_QUERY)
		text_format(writer->text, "    %s    REG_SZ    %s\r\n", name, value);
	else
		text_format(writer->text, "\"%s\"=\"%s\"\r\n", name, value);
}

/* In .reg files a line is full at 80 characters and goes on in the next. */
static void
add_bytes(const struct writer *writer, const char *name, const char *digits)
{
	size_t column;

	if (digits == NULL)
		return;
	if (writer->shape == DUMPS_REG_QUERY) {
		text_format(writer->text, "    %s    REG_BINARY    ", name);
		for (const char *c = digits; *c != '\0'; c++)
			text_add_char(writer->text, (char)(*c >= 'a' ? *c - 'a' + 'A' : *c));
		text_add(writer->text, "\r\n");
		return;
	}
	column = writer->text->length;
	text_format(writer->text, "\"%s\"=hex:", name);
	column = writer->text->length - column;
	for (size_t i = 0; i < strlen(digits); i += 2) {
		text_format(writer->text, "%s%.2s", i == 0 ? "" : ",", digits + i);
		column += 3;
		if (column > 76 && digits[i + 2] != '\0') {
			text_add(writer->text, ",\\\r\n  ");
			text_add_bytes(writer->text, digits + i + 2, 2);
			i += 2;
			column = 4;
		}
	}
	text_add(writer->text, "\r\n");
}

static void
add_key(const struct writer *writer, const char *path, const char *rest)
{
	text_format(writer->text,
	    writer->shape == DUMPS_REG_QUERY ? "\r\n%s%s\r\n" : "\r\n[%s%s]\r\n", path, rest);
}

static void
add_registry_entry(const struct writer *writer, const struct dumps_entry *entry, size_t number)
{
	char path[128], digits[33];

	switch (endpoint_label(entry->endpoint)) {
	case STORE:
		snprintf(path, sizeof path, "\\SslCcsBindingInfo\\%s", entry->endpoint);
		break;
	case NAME:
		/* Two ways are known, so both are told. */
		if (number % 2 == 0)
			snprintf(path, sizeof path, "\\SslSniBindingInfo\\%s", entry->endpoint);
		else
			snprintf(path, sizeof path,
			    "\\SslSniBindingInfo\\{00000000-0000-0000-0000-000000000001}");
		break;
	default:
		snprintf(path, sizeof path, "\\SslBindingInfo\\%s", entry->endpoint);
	}
	add_key(writer, HTTP_KEY, path);
	if (endpoint_label(entry->endpoint) == NAME && number % 2 != 0)
		add_string(writer, "HostnamePort", entry->endpoint);
	if (entry->owner != NULL) {
		guid_digits(entry->owner, digits);
		add_bytes(writer, "AppId", digits);
	}
	add_bytes(writer, "SslCertHash", entry->hash);
	add_string(writer, "SslCertStoreName", "MY");
	add_number(writer, "DefaultFlags", entry->rejects ? 0x0A : 0);
}

static void
add_registry(const struct writer *writer)
{
	const struct dumps_scene *scene = writer->scene;

	if (writer->shape == DUMPS_REG_EXPORT)
		text_add(writer->text, "Windows Registry Editor Version 5.00\r\n");
	add_key(writer, HTTP_KEY, "\\SslBindingInfo");
	add_key(writer, HTTP_KEY, "\\SslSniBindingInfo");
	for (size_t i = 0; i < scene->entries_count; i++)
		add_registry_entry(writer, &scene->entries[i], i);
	if (scene->has_sstp) {
		add_key(writer, SSTP_KEY, "");
		add_string(writer, "ServiceDll", "C:\\\\Windows\\\\sstpsvc.dll");
		add_number(writer, "UseHttps", scene->use_https);
		add_number(writer, "ListenerPort", scene->port);
		add_number(writer, "isHashConfiguredByAdmin", scene->by_admin);
		if (scene->hash_is_text)
			add_string(writer, "SHA256CertificateHash", scene->sha256);
		else
			add_bytes(writer, "SHA256CertificateHash", scene->sha256);
		add_bytes(writer, "SHA1CertificateHash", scene->sha1);
		add_key(writer, SSTP_KEY, "\\ConfigStore");
		add_number(writer, "ListenerPort", scene->applied_port);
		add_number(writer, "UseHttps", scene->applied_https);
	}
	text_add(writer->text, "\r\n");
}

static void
add_member_number(struct text *text, const char *name, int value)
{
	if (value == DUMPS_NONE)
		text_format(text, "    \"%s\":  null,\r\n", name);
	else
		text_format(text, "    \"%s\":  %d,\r\n", name, value);
}

static void
add_member_bytes(struct text *text, const char *name, const char *digits)
{
	if (digits == NULL)
		text_format(text, "    \"%s\":  null,\r\n", name);
	else
		text_format(text, "    \"%s\":  \"%s\",\r\n", name, digits);
}

static void
add_collector(const struct writer *writer)
{
	const struct dumps_scene *scene = writer->scene;
	struct text *text = writer->text;

	text_add(
	    text, "{\r\n  \"collector\":  \"sstp-collect 1\",\r\n  \"computer\":  \"RRAS1\",\r\n");
	if (scene->collected != NULL)
		text_format(text, "  \"collected\":  \"%s\",\r\n", scene->collected);
	if (scene->started != NULL)
		text_format(text, "  \"started\":  \"%s\",\r\n", scene->started);
	else
		text_add(text, "  \"started\":  null,\r\n");
	text_add(text, "  \"bindings\":  [");
	for (size_t i = 0; i < scene->entries_count; i++) {
		const struct dumps_entry *entry = &scene->entries[i];

		text_add(text, i == 0 ? "\r\n    {" : ",\r\n    {");
		if (endpoint_label(entry->endpoint) == STORE)
			text_format(text, "\"centralStorePort\":  %s", entry->endpoint);
		else
			text_format(text, "\"endpoint\":  \"%s\"", entry->endpoint);
		text_format(text, ", \"hash\":  \"%s\"", entry->hash != NULL ? entry->hash : "");
		text_format(text, ", \"DefaultFlags\":  %s", entry->rejects ? "10" : "null");
		text_format(
		    text, ", \"appid\":  \"%s\"}", entry->owner != NULL ? entry->owner : "");
	}
	text_add(text, "],\r\n");
	if (scene->has_sstp) {
		text_add(text, "  \"sstp\":  {\r\n");
		add_member_number(text, "UseHttps", scene->use_https);
		add_member_number(text, "ListenerPort", scene->port);
		add_member_number(text, "isHashConfiguredByAdmin", scene->by_admin);
		if (scene->hash_is_text)
			text_add(text, "    \"SHA256CertificateHash\":  \"(not bytes)\",\r\n");
		else
			add_member_bytes(text, "SHA256CertificateHash", scene->sha256);
		add_member_bytes(text, "SHA1CertificateHash", scene->sha1);
		text_add(text, "    \"ConfigStore\":  {\r\n");
		add_member_number(text, "ListenerPort", scene->applied_port);
		add_member_number(text, "UseHttps", scene->applied_https);
		text_add(text, "    \"end\":  null}\r\n  },\r\n");
	}
	text_add(text, "  \"certificates\":  [");
	if (scene->der != NULL)
		text_format(text, "\"%s\"", scene->der);
	text_add(text, "]\r\n}\r\n");
}

static void
add_unit(struct text *to, uint32_t unit, bool big)
{
	text_add_char(to, (char)(big ? unit >> 8 : unit));
	text_add_char(to, (char)(big ? unit : unit >> 8));
}

/* A character beyond ASCII in a code page: a letter takes a byte, one of a far script two, of which
 * the second can be an ASCII letter. */
static void
add_of_code_page(struct text *to, uint32_t code)
{
	if (code >= 0x2000)
		text_add_char(to, (char)(0x81 + code / 64 % 0x7D));
	text_add_char(to, (char)(code >= 0x2000 ? 0x40 + code % 63 : 0x80 | code));
}

static void
encode(struct text *to, const char *chars, size_t length, enum dumps_encoding encoding)
{
	uint32_t code;

	if (encoding == DUMPS_UTF8)
		text_add(to, "\xEF\xBB\xBF");
	if (encoding == DUMPS_UTF16 || encoding == DUMPS_UTF16_OTHER)
		add_unit(to, 0xFEFF, encoding == DUMPS_UTF16_OTHER);
	for (size_t at = 0, size; at < length; at += size) {
		size = utf8_read(chars + at, length - at, &code);
		if (size == 0)
			abort();
		if (encoding == DUMPS_UTF8 || (encoding == DUMPS_CODE_PAGE && code < 0x80))
			text_add_bytes(to, chars + at, size);
		else if (encoding == DUMPS_CODE_PAGE)
			add_of_code_page(to, code);
		else
			add_unit(to, code, encoding == DUMPS_UTF16_OTHER);
	}
}

/* Each line, and a blank one behind it. */
static void
spread(struct text *text)
{
	struct text spread = TEXT_EMPTY;

	for (size_t i = 0; i < text->length; i++) {
		text_add_char(&spread, text->bytes[i]);
		if (text->bytes[i] == '\n')
			text_add(&spread, "\r\n");
	}
	text_free(text);
	*text = spread;
}

void
dumps_add(struct text *text, const struct dumps_scene *scene, enum dumps_shape shape,
    enum dumps_language language, enum dumps_encoding encoding)
{
	struct text plain = TEXT_EMPTY;
	const struct writer writer = {&plain, scene, shape, language};

	switch (shape) {
	case DUMPS_NETSH_JSON:
		add_netsh_json(&writer);
		break;
	case DUMPS_REG_QUERY:
	case DUMPS_REG_EXPORT:
		add_registry(&writer);
		break;
	case DUMPS_COLLECTOR:
		add_collector(&writer);
		break;
	default:
		add_netsh(&writer);
	}
	if (shape == DUMPS_NETSH_BLANK)
		spread(&plain);
	encode(text, text_chars(&plain), plain.length, encoding);
	text_free(&plain);
}
