/** What each shell runs on Tab: it asks `clawform completion words` for the words that fit, or for a path to be completed. */

/** Shells that can be completed in. */
export type Shell = "bash" | "zsh" | "fish";

/** First line of an answer when a path belongs there. */
export const filesMark = ":files";

/** Scripts for the shells; the first line of each says how it is installed. */
export const completionScripts: { readonly [shell in Shell]: string } = {
  // Bash takes ":" and "=" for ends of words: what stands before the last of them is not to be inserted again.
  bash: String.raw`# In ~/.bashrc: source <(clawform completion bash)
_clawform() {
  local line="${"$"}{COMP_LINE:0:COMP_POINT}" program="$1" current before value hint
  local -a words
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  while (( ${"$"}{#words[@]} > 1 )) && [[ "${"$"}{words[0]}" != "$program" ]]; do words=("${"$"}{words[@]:1}"); done
  current="${"$"}{words[${"$"}{#words[@]}-1]}"
  before="${"$"}{current%"${"$"}{current##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\t' read -r value hint; do
    if [[ "$value" == ${filesMark} ]]; then
      compopt -o filenames 2>/dev/null
      [[ "$current" == --*=* ]] && current="${"$"}{current#*=}"
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("${"$"}{value#"$before"}")
    fi
  done < <("$program" completion words -- "${"$"}{words[@]:1}" 2>/dev/null)
}
complete -F _clawform clawform
`,
  zsh: String.raw`#compdef clawform
# In ~/.zshrc, after compinit: source <(clawform completion zsh)
_clawform() {
  local value hint
  local -a found
  while IFS=$'\t' read -r value hint; do
    if [[ "$value" == ${filesMark} ]]; then
      [[ "${"$"}{words[CURRENT]}" == -*=* ]] && compset -P '*='
      _files
      return
    fi
    found+=("${"$"}{value//:/\\:}${"$"}{hint:+:$hint}")
  done < <("${"$"}{words[1]}" completion words -- "${"$"}{(@)words[2,CURRENT]}" 2>/dev/null)
  _describe -t clawform clawform found
}
if [[ "${"$"}{funcstack[1]}" == _clawform ]]; then _clawform "$@"; else compdef _clawform clawform; fi
`,
  fish: String.raw`# clawform completion fish > ~/.config/fish/completions/clawform.fish
function __clawform_words
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($words[1] completion words -- $words[2..-1] "$current" 2>/dev/null)
    if test "$found[1]" = ${filesMark}
        __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current")
    else
        printf '%s\n' $found
    end
end
complete -c clawform -f -a '(__clawform_words)'
`,
};
