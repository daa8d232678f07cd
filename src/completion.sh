#!/bin/sh
# Prints what makes a shell complete mqstat's command line:
#     completion.sh MQSTAT bash|zsh|fish
#
# Made of what `MQSTAT --help` prints, so of the option table. What changes
# from call to call is asked of mqstat itself: the profiles of its settings
# files and the columns of the input file stand in its own messages about a
# profile or column "," that is not there; nothing is sent for that.
set -eu

mqstat=$1
shell=$2

# The options, in the shell's words. A value, as the synopsis has it, is FILE,
# csv|tsv and so on, with a = in front where it can be left out.
options() {
    "$mqstat" --help | awk -v shell="$shell" '
    function quoted(text) {
        gsub(/\047/, "\047\\\047\047", text)
        return "\047" text "\047"
    }
    # The words among the choices: all of csv|tsv, auto of N|auto.
    function words(    n, i, part, list) {
        n = split(value, part, "|")
        for (i = 1; i <= n; i++)
            if (part[i] ~ /^[a-z]+$/)
                list = list (list ? " " : "") part[i]
        return list
    }
    # What completes the value: the action of this kind.
    function action(column, keep, profile, file, choice, none) {
        if (name == "column")
            return column
        if (name == "keep")
            return keep
        if (name == "profile")
            return profile
        if (value ~ /FILE|SUMMARY|OLD/)
            return file
        return words() ? choice : none
    }
    function bash(    act) {
        act = action("_mqstat_columns", "_mqstat_columns all",
            "_mqstat_profiles", "_filedir", "_mqstat_words " words(), ":")
        all = all (all ? " " : "") (letter ? "-" letter " " : "") "--" name
        if (value)
            print "    " (letter ? "-" letter " | " : "") "--" name ") " \
                (optional ? "$split && " act : act "; return") " ;;"
    }
    function zsh(    act) {
        act = action("_mqstat_columns", "_mqstat_keep", "_mqstat_profiles",
            "_files", "(" words() ")", " ")
        gsub(/[\[\]:]/, "\\\\&", text)
        gsub(/:/, "\\:", value)
        act = "[" text "]" (optional ? ":" : "") (value ? ":" value ":" act : "")
        if (letter)
            print "    " quoted("-" letter (value ? "+" : "") act) " \\"
        print "    " quoted("--" name (optional ? "=-" : value ? "=" : "") act) \
            " \\"
    }
    function fish() {
        print "complete -c mqstat " (letter ? "-s " letter " " : "") \
            "-l " name (!value ? "" : \
            action(" -xa \"(__mqstat_columns)\"", " -xa \"(__mqstat_keep)\"",
                " -xa \"(__mqstat_profiles)\"", optional ? "" : " -r",
                " -xa " quoted(words()), " -x")) " -d " quoted(text)
    }
    function flush() {
        if (name && shell == "bash") bash()
        if (name && shell == "zsh") zsh()
        if (name && shell == "fish") fish()
        name = ""
    }
    /^                    / { # the sentence goes on
        sub(/^ +/, "")
        text = text (text ? " " : "") $0
        next
    }
    { flush() }
    /^  +-/ { # "  -c, --column NAME|N       column of the ids"
        split($0, part, /  +/)
        text = part[3]
        letter = substr(part[2], 1, 2) ~ /^-[^-]/ ? substr(part[2], 2, 1) : ""
        optional = part[2] ~ /\[=/
        sub(/^.*--/, "", part[2])
        split(part[2], part, /[\[\] =]+/)
        name = part[1]
        value = part[2]
        some = 1
    }
    END {
        flush()
        if (shell == "bash")
            print "    esac\n    $split && return\n    options=" quoted(all)
        exit !some
    }'
}

case $shell in
bash)
    cat <<'EOF1'
# Completion of mqstat for bash. Made of `mqstat --help`, like all of these.

_mqstat_words() {
    mapfile -t COMPREPLY < <(compgen -W "$*" -- "$cur")
}

_mqstat_profiles() {
    local i config=()
    for ((i = 1; i < cword; i++)); do
        [[ ${words[i]} == --config ]] && config=(--config "${words[i + 1]}")
        [[ ${words[i]} == --config=* ]] && config=("${words[i]}")
    done
    _mqstat_words "$(mqstat "${config[@]/#\~\//$HOME/}" --profile , \
        --print-config 2>&1 | sed -n 's/,//g; s/.*: there are //p')"
}

# The columns of the first input file; $1 is one more, and makes it a list.
_mqstat_columns() {
    local word column list=
    [[ ${1-} && $cur == *,* ]] && list=${cur%,*},
    for word in "${words[@]:1}"; do
        word=${word/#\~\//$HOME/} word=${word//[\\\'\"]/}
        [[ -f $word ]] || continue
        while read -r column; do
            [[ $list$column == "$cur"* ]] &&
                COMPREPLY+=("$list$(printf %q "$column")")
        done < <(
            mqstat --config /dev/null --dry-run -c , -- "$word" 2>&1 |
                sed -n 's/, \(\.\.\.$\)\?/\n/g; s/.*the columns are: //p'
            printf "%s${1:+\n}" "$@"
        )
        [[ ! ${1-} ]] || compopt -o nospace
        return
    done
}

_mqstat() {
    local cur prev words cword split options
    _init_completion -s -n : || return
    [[ $prev == -[!-]* ]] && prev=-${prev: -1} # of -qr, the r
    case $prev in
EOF1
    options
    cat <<'EOF1'
    if [[ $cur == -* ]]; then
        _mqstat_words "$options"
    else
        _filedir
    fi
} && complete -F _mqstat mqstat
EOF1
    ;;
zsh)
    cat <<'EOF1'
#compdef mqstat
# Completion of mqstat for zsh. Made of `mqstat --help`, like all of these.

_mqstat_profiles() {
    local -a config profiles
    local at=${words[(i)--config]}
    ((at < CURRENT)) && config=(--config ${(Q)~words[at + 1]})
    at=${words[(i)--config=*]}
    ((at <= $#words)) && config=(${(Q)words[at]})
    profiles=(${(s:, :)"$(mqstat $config --profile , --print-config 2>&1 |
        sed -n 's/.*: there are //p')"})
    compadd -a profiles
}

_mqstat_columns() {
    local word
    local -a columns
    for word in ${(Q)~words[2,-1]}; do
        [[ -f $word ]] || continue
        columns=(${(s:, :)"$(mqstat --config /dev/null --dry-run -c , -- $word \
            2>&1 | sed -n 's/, \.\.\.$//; s/.*the columns are: //p')"})
        compadd "$@" -a columns
        return
    done
}

_mqstat_keep() {
    compset -P '*,'
    _mqstat_columns "$@"
    compadd "$@" all
}

_arguments -s -S \
EOF1
    options
    echo "    '*:file:_files'"
    ;;
fish)
    cat <<'EOF1'
# Completion of mqstat for fish. Made of `mqstat --help`, like all of these.

function __mqstat_words
    commandline -op | string replace -r '^~/' "$HOME/" | string unescape
end

function __mqstat_profiles
    set -l words (__mqstat_words)
    set -l config (string match -r -- '^--config=.*' $words)
    if set -l at (contains -i -- --config $words)
        set config --config $words[(math $at + 1)]
    end
    mqstat $config --profile , --print-config 2>&1 |
        string replace -rf '.*: there are ' '' | string split ', '
end

function __mqstat_columns
    for word in (__mqstat_words)[2..]
        test -f $word; or continue
        mqstat --config /dev/null --dry-run -c , -- $word 2>&1 |
            string replace -rf '.*the columns are: ' '' |
            string split ', ' | string match -v '...'
        return
    end
end

function __mqstat_keep
    set -l list (commandline -ct | string replace -rf '^(-k|--keep=)?(.*,)?.*' '$2')
    printf "$list%s\n" (__mqstat_columns) all
end

EOF1
    options
    ;;
esac
