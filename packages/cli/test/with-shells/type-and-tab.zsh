# Prints what zsh makes of each line when Tab is pressed behind it. Arguments: the script of completion, and the lines.
# A shell in a terminal of its own (zsh/zpty), since zsh completes for a terminal only.
zmodload zsh/zpty
zpty typed zsh -f -i
# So wide that no line is drawn in parts.
zpty -w typed "stty columns 500; PROMPT=; autoload -Uz compinit; compinit -u -D; source ${(q)1}"
zpty -w typed 'complete-and-tell() { zle complete-word; print -r -- "<<$BUFFER>>"; BUFFER= }'
zpty -w typed "zle -N complete-and-tell; bindkey '^I' complete-and-tell"
# In two parts, so that it is not its echo that is read.
zpty -w typed 'print -r REA""DY'
zpty -r -m typed shown '*READY*'
for line in "${@:2}"; do
  zpty -w -n typed "$line"$'\t'
  zpty -r -m typed shown '*<<*>>*'
  print -r -- "${${shown##*<<}%%>>*}"
done
