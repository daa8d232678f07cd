#!/usr/bin/env python3
"""complete.py DIRECTORY SHELL LINE...

Prints what bash, zsh or fish offers at the end of each LINE, sorted, as
`LINE: candidate candidate`. DIRECTORY holds what completion.sh made. It is the
real shell, on a terminal of its own where it wants one, and it finds the file
by its own rules, under ./share.
"""
import os
import pty
import shlex
import shutil
import subprocess
import sys

PLACES = {
    "bash": "share/bash-completion/completions/mqstat",
    "zsh": "share/zsh/site-functions/_mqstat",
    "fish": "share/fish/vendor_completions.d/mqstat.fish",
}

# Readline has the terminal once the prompt is there; a tab only lists.
BASH = r"""
. /usr/share/bash-completion/bash_completion
PS1=READY
for setting in 'completion-display-width 0' 'completion-query-items 0' \
    'page-completions off' 'bell-style none' 'enable-bracketed-paste off'; do
    bind "set $setting"
done
bind '"\t": possible-completions'
"""

# Prints what is added to the list; -O, -A and -D only ask what would fit.
ZSH = r"""
PS1=READY
unsetopt prompt_sp && unset zle_bracketed_paste
fpath=($PWD/share/zsh/site-functions $fpath)
autoload -U compinit && compinit -u -D
compadd() {
    local -a fits
    if [[ "${@[1,(i)(-|--)]} " != *-(O|A|D)\ * ]]; then
        builtin compadd -A fits "$@"
        (($#fits)) && print -rl -- $fits
    fi
    builtin compadd "$@"
}
list() {
    print
    zle list-choices
    BUFFER=
    print EN''D
}
zle -N list && bindkey '^I' list
"""


class Shell:
    """An interactive shell on a terminal of its own."""

    def __init__(self, *words):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvp(words[0], words)
        self.read_until("READY")

    def read_until(self, mark):
        text = ""
        while not text.endswith(mark):
            text += os.read(self.terminal, 1).decode()
            text = text.replace("\r", "")
        return text[:-len(mark)]

    def type(self, text):
        os.write(self.terminal, text.encode())

    def end(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def put(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return name


def bash(lines):
    rc = put("bashrc", BASH)
    for line in lines: # anew, since readline remembers the last list
        shell = Shell("bash", "--rcfile", rc, "-i")
        shell.type(line + "\t\x15echo E''ND\n")
        said = shell.read_until("END\n").split("\n")
        shell.end()
        yield [word for word in said[1:] if not word.startswith("READY")]


def zsh(lines):
    put(".zshrc", ZSH)
    shell = Shell("zsh", "-i")
    for line in lines:
        shell.type(line + "\t")
        said = shell.read_until("END\n")
        yield said[said.index(line) + len(line):].split("\n")
    shell.end()


def fish(lines):
    for line in lines:
        said = subprocess.run(["fish", "-c", "complete -C " + shlex.quote(line)],
                              capture_output=True, text=True, check=True)
        yield [word.split("\t")[0] for word in said.stdout.split("\n")]


def main():
    made, name, *lines = sys.argv[1:]
    os.makedirs(os.path.dirname(PLACES[name]), exist_ok=True)
    shutil.copy(os.path.join(made, name), PLACES[name])
    os.environ.update(TERM="dumb", ZDOTDIR=os.getcwd(),
                      XDG_DATA_DIRS=os.getcwd() + "/share:/usr/share")
    for line, words in zip(lines, globals()[name](lines)):
        print(line + ": " + " | ".join(sorted(set(filter(None, words)))))


main()
