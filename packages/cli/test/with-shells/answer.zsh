# Runs a command in a terminal of its own, waits for a question, types the answer, and prints all that stood on the screen.
# Arguments: the question, the answer, and the command with its arguments.
zmodload zsh/zpty
zpty asking "${(@q)@[3,-1]}; print exit \$?"
zpty -r -m asking shown "*$1*"
print -rn -- "$shown"
zpty -w -n asking "$2"
while zpty -r asking shown; do print -rn -- "$shown"; done
