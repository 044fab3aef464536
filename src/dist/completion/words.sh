# Words that are known on this machine alone: they are read from files by the shell, and nothing is started for them.

_lockkeeper_runs() {
  [ -z "${ZSH_VERSION:-}" ] || emulate -L sh
  local run
  for run in "${XDG_STATE_HOME:-$HOME/.local/state}"/lockkeeper/runs/*/journal.jsonl; do
    [ -f "$run" ] || continue
    run=${run%/journal.jsonl}
    run=${run##*/}
    case $run in
      *[!A-Za-z0-9._-]*) ;;
      *) printf '%s\n' "$run" ;;
    esac
  done
}

# The contexts of the kubeconfig that is named, or else of those that kubectl would read. One in JSON offers none.
_lockkeeper_contexts() {
  [ -z "${ZSH_VERSION:-}" ] || emulate -L sh
  local files=${1:-${KUBECONFIG:-$HOME/.kube/config}} file
  while [ -n "$files" ]; do
    file=${files%%:*}
    files=${files#"$file"}
    files=${files#:}
    [ -f "$file" ] && [ -r "$file" ] && _lockkeeper_contexts_of "$file"
  done
  return 0
}

_lockkeeper_contexts_of() {
  local line lead name inside= item=none
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    case $line in
      contexts:*) inside=yes item=none; continue ;;
      [!\ \#-]*) inside= ;;
    esac
    [ -n "$inside" ] || continue
    lead=${line%%[! ]*}
    line=${line#"$lead"}
    case $line in
      '- '*)
        item=$lead
        line=${line#- }
        lead="$lead  "
        ;;
    esac
    [ "$lead" = "$item  " ] || continue
    case $line in
      'name: '*) name=${line#name: } ;;
      *) continue ;;
    esac
    case $name in
      \"*\" | \'*\') name=${name#?} name=${name%?} ;;
    esac
    case $name in
      '' | *[[:cntrl:]]*) ;;
      *) printf '%s\n' "$name" ;;
    esac
  done <"$1"
}
