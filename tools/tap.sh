# For bash scripts that print TAP: check NAME GOT WANTED is a test, finish_tests the end.  With n set before, numbering goes on from there.
n=${n:-0}
failed=0

check()
{
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "got $2" "wanted $3" | sed 's/^/# /'
		failed=1
	fi
}

finish_tests()
{
	echo "1..$n"
	exit "$failed"
}
