
# What the option $1 takes, as kind; 1 when it takes nothing.
_lockkeeper_takes() {
  local each
  for each in $valued; do
    if [ "${each%%:*}" = "$1" ]; then
      kind=${each#*:}
      return 0
    fi
  done
  return 1
}

_lockkeeper() {
  local line=${COMP_LINE:0:COMP_POINT} typed option= kind= command= kubeconfig= each before
  local subcommands valued flags operand
  local -a typing
  COMPREPLY=()
  # Bash takes words apart at : and =, of which the names of contexts are full.
  read -ra typing <<<"$line"
  [[ $line == *[[:blank:]] ]] && typing+=('')
  typed=${typing[${#typing[@]} - 1]}
  unset 'typing[${#typing[@]}-1]'
  _lockkeeper_table ''
  for each in "${typing[@]:1}"; do
    if [ -n "$option" ]; then
      [ "$option" = --kubeconfig ] && kubeconfig=$each
      option=
      continue
    fi
    case $each in
      --kubeconfig=*) kubeconfig=${each#*=} ;;
      -*=*) ;;
      -*) _lockkeeper_takes "$each" && option=$each ;;
      *)
        if [[ " $subcommands " == *" $each "* ]]; then
          command="${command:+$command }$each"
          _lockkeeper_table "$command"
        else
          operand=nothing
        fi
        ;;
    esac
  done
  if [ -n "$option" ]; then
    _lockkeeper_takes "$option"
  elif [[ $typed == -*=* ]]; then
    _lockkeeper_takes "${typed%%=*}" || return 0
    typed=${typed#*=}
  elif [[ $typed == -* ]]; then
    kind=options
  elif [ -n "$subcommands" ]; then
    kind=subcommands
  else
    kind=$operand
  fi
  before=${COMP_WORDS[COMP_CWORD]}
  [ "$before" = = ] && before=
  before=${typed%"$before"}
  while IFS= read -r each; do
    [[ $each == "$typed"* ]] || continue
    [ "$kind" = files ] || [ "$kind" = runbooks ] || printf -v each %q "$each"
    COMPREPLY+=("${each#"$before"}")
  done < <(_lockkeeper_known)
}

# A name from a file is never looked at as code: it is printed, compared, and quoted.
_lockkeeper_known() {
  case $kind in
    subcommands) printf '%s\n' $subcommands ;;
    options)
      printf '%s\n' $flags
      for each in $valued; do printf '%s\n' "${each%%:*}"; done
      ;;
    contexts) _lockkeeper_contexts "${kubeconfig/#\~\//$HOME/}" ;;
    runs) _lockkeeper_runs ;;
    runbooks)
      printf '%s\n' $_lockkeeper_runbooks
      compgen -f -- "$typed"
      ;;
    scenarios) printf '%s\n' $_lockkeeper_scenarios ;;
    formats) printf '%s\n' table json ;;
    files) compgen -f -- "$typed" ;;
  esac
}

complete -o bashdefault -F _lockkeeper lockkeeper
