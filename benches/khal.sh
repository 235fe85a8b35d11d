#!/bin/sh
# Does a calendar that took an earlier file over see the truth after the next? The seven ways in which a date goes, each
# imported twice into khal (its command in $KHAL, khal by itself; `pip install khal` into an environment of its own).
# Prints what khal shows of January 2027 before and after: CONFIRMED, then CANCELLED, or nothing for what moved.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" TRACKER_USER=ana
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME TRACKER_FILE
failed=0

tracked() { tracker --file x.db "$@" >>log 2>&1; }
taken() {
    tracker --file x.db report calendar -o "$1" >>log 2>&1 && ${KHAL:-khal} -c khal.conf import --batch "$1" >>log 2>&1
    ${KHAL:-khal} -c khal.conf list --format '{title} {status}' 2027-01-01 60d 2>>log | grep -v '^[A-Z][a-z]*day' | tr '\n' ' '
}
way() {
    mkdir -p "$work/$1/cal" && cd "$work/$1" || exit 1
    {
        printf '[calendars]\n[[t]]\npath = %s/cal\n[sqlite]\npath = %s/khal.db\n' "$PWD" "$PWD"
        printf '[locale]\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\n'
        printf 'datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n'
    } >khal.conf
    tracked init Calendars --me Ana
    eval "$2"
    before=$(taken 1.ics)
    eval "$3"
    after=$(taken 2.ics)
    printf '%s: %s-> %s\n' "$1" "$before" "$after"
    case "$before/$after" in *CONFIRMED*/*CONFIRMED* | /*) failed=1 ;; esac
}

pilot='tracked pilot add Permits --decision-due 2027-01-14'
board='tracked board add January --meets-on 2027-01-14'
asked='tracked decision add Scale --question "Scale?" --options "Yes;No" --status sought --needed-by 2027-01-14'
way cleared "$pilot" 'tracked pilot set P-01 --decision-due "" --reason "No day now"'
way removed "$pilot" 'tracked pilot remove P-01 --reason "Not needed"'
way unasked "$asked" 'tracked decision set D-001 --needed-by "" --reason "No day now"'
way answered "$asked" 'tracked decision set D-001 --status taken --outcome approved --decided-by Board --decided-on today'
way restricted "$board" 'tracked board set B-01 --visibility restricted --reason "Secret now"'
way undone "$board" 'tracked undo'
way forward "$board" 'tracked board set B-01 --meets-on today --reason "Brought forward"'
exit $failed
