#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/endpoint.h"
#include "datagram.h"

int
datagram_connect(const char *server, uint16_t usual_port)
{
	struct endpoint endpoint;
	struct sockaddr_in address = {.sin_family = AF_INET};
	if (endpoint_read(server, &endpoint) != ENDPOINT_OK ||
	    inet_pton(AF_INET, endpoint.host, &address.sin_addr) != 1)
		return -1;
	address.sin_port = htons(endpoint.port != 0 ? endpoint.port : usual_port);
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (descriptor != -1 &&
	    connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0)
		return descriptor;
	close(descriptor);
	return -1;
}

ssize_t
datagram_take(int descriptor, void *bytes, size_t room)
{
	ssize_t got;
	do
		got = recv(descriptor, bytes, room, MSG_DONTWAIT);
	while (got == -1 && errno == EINTR);
	return got;
}
