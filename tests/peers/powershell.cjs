// node powershell.cjs FOLDER: with the modules in it, parse the PowerShell on standard input. Prints
// what cannot be parsed, what Windows PowerShell 5.1 does not know, and each command that is called.
const { createRequire } = require("module");
const fs = require("fs");
const modules = createRequire(require("path").resolve(process.argv[2], "index.js"));
const { Parser, Language } = modules("web-tree-sitter");

const of_seven = new Set(["&&", "||", "?", "??", "??=", "?.", "?["]);

function* nodes(node) {
	yield node;
	for (const child of node.children) yield* nodes(child);
}

function lines(tree) {
	const told = new Set();
	for (const node of nodes(tree.rootNode)) {
		const line = node.startPosition.row + 1;
		if (node.isError || node.isMissing) told.add(`error in line ${line}`);
		if (of_seven.has(node.type)) told.add(`of PowerShell 7 in line ${line}: ${node.type}`);
		if (node.type === "command_name") told.add(`command ${node.text}`);
	}
	return [...told].sort();
}

(async () => {
	await Parser.init();
	const parser = new Parser();
	parser.setLanguage(
	    await Language.load(modules.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));
	console.log(lines(parser.parse(fs.readFileSync(0, "utf8"))).join("\n"));
})();
