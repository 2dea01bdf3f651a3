# ask.zsh FOLDER LINE..: what zsh offers behind each LINE with the completions in FOLDER: the line, a tab
# and the word. A shell on a terminal of its own is asked, by the tabulator key.
zmodload zsh/zpty || exit 77

# await TEXT: what the shell says until then, of which only what is offered matters.
await() {
	local line
	while zpty -r shell line && [[ $line != "$1"* ]]; do
		[[ $line != "offered "* ]] || print -r -- "$asked"$'\t'"${${line#offered }%%$'\r'*}"
	done
}

folder=$1
shift
zpty shell TERM=dumb zsh -f -i
# compadd is given what is offered; with -O, -A and -D it only helps to find that.
zpty -w shell "fpath=(${(q)folder} \$fpath)"'
	PROMPT= RPROMPT=
	unsetopt prompt_cr prompt_sp
	autoload -Uz compinit
	compinit -u -D
	compadd() {
		local -a found
		if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
			builtin compadd "$@"
			return
		fi
		builtin compadd -O found "$@"
		(( $#found > 0 )) && print -rl -- "" "offered "${^found}
	}
	ended() { print -rl -- "" "that is"" all" }
	asked() { comppostfuncs=(ended); zle complete-word; zle kill-buffer }
	zle -N asked
	bindkey "^I" asked
	print -rl -- "" "is"" ready"
'
await "is ready"
for asked; do
	zpty -w -n shell "$asked"$'\t'
	await "that is all"
done
zpty -d shell
