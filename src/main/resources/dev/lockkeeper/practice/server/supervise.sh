# Keeps one server exactly as long as the program that started it lives.
#   $1    directory to remove at the end
#   $2..  the server's command
# The program holds the other end of our standard input and never writes to it: its death, however
# sudden, closes it.
trap : HUP INT TERM
house=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
# QUIT ends a running server at once. TERM is for one that has not come far enough to know QUIT.
( while read -r nothing <&3; do :; done; kill -TERM "$server"; kill -QUIT "$server" ) &
watcher=$!
exec 3<&-
while kill -0 "$server" 2>/dev/null; do wait "$server"; done
kill -KILL "$watcher" 2>/dev/null
rm -rf -- "$house"
