# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion of pghotctl. Made from its command table: do not edit,
# run pghotctl-gen fish.

# Options with a value.
set -g __pghotctl_valued --backend --period --node --limit --min-freq --pfn-range --type --cgroup --fields --watch --count --promote --share --scan-scale --interval --svg --html --top --sort --pid --sample --output --format --cgroups

# The words so far that are no options and no values of options.
function __pghotctl_words
    set -l tokens (commandline -opc)
    set -l skip 0
    set -e tokens[1]
    for token in $tokens
        if test $skip -eq 1
            set skip 0
        else if contains -- $token $__pghotctl_valued
            set skip 1
        else if not string match -q -- '-*' $token
            echo $token
        end
    end
end

# Are these words all that there are?
function __pghotctl_at
    set -l words (__pghotctl_words)
    test "$words" = "$argv[1]"
end

# Are these the first of them, with others behind?
function __pghotctl_past
    set -l words (__pghotctl_words)
    string match -q -- "$argv[1] *" "$words"
end

# Do they begin with these?
function __pghotctl_in
    set -l words (__pghotctl_words)
    string match -q -- "$argv[1] *" "$words "
end

function __pghotctl_nodes
    for node in /sys/devices/system/node/node*
        string match -qr -- '/node\d+$' $node
        and printf '%s\tnode\n' (string replace -r '.*/node' '' $node)
    end
end

# The page frames of each node.
function __pghotctl_ranges
    awk '$1 == "Node" { nid = $2 + 0 }
    $1 == "spanned" { spanned = $2 }
    $1 == "start_pfn:" && spanned > 0 {
        if (!(nid in end) || $2 < start[nid]) start[nid] = $2
        if (!(nid in end) || $2 + spanned > end[nid]) end[nid] = $2 + spanned
    }
    END { for (nid in end) printf "%#x-%#x\tnode %d\n", start[nid], end[nid] - 1, nid }' /proc/zoneinfo 2>/dev/null
end

# Paths below the root of the hierarchy.
function __pghotctl_cgroups
    set -l root /sys/fs/cgroup
    test -e $root/cgroup.controllers
    or set root $root/unified
    set -l typed (string replace -r '^(--[^=]*=)?/?' '' -- (commandline -ct))
    for dir in $root/$typed*/
        echo /(string replace -- $root/ '' $dir)
    end
end

# __pghotctl_list WORD...: the list with commas that was typed, with one word more
function __pghotctl_list
    set -l typed (string replace -r '^--[^=]*=' '' -- (commandline -ct))
    set -l before (string replace -r '[^,]*$' '' -- $typed)
    set -l given (string split , -- $before)
    for word in $argv
        contains -- $word $given
        or echo $before$word
    end
end

# __pghotctl_name NAME=\tHELP: unless a value is being typed already
function __pghotctl_name
    string match -q -- '*=*' (commandline -ct)
    or echo $argv
end

# __pghotctl_values NAME VALUE...: for what is typed as NAME=
function __pghotctl_values
    set -l typed (commandline -ct)
    string match -q -- "$argv[1]=*" $typed
    and printf "$argv[1]=%s\n" $argv[2..-1]
end

function __pghotctl_sources
    echo 'hintfault'\t'NUMA hint faults of tasks'
    echo 'hwhint'\t'hardware samples through perf: AMD IBS, Intel PEBS'
    echo 'ibs'\t'hardware samples through perf: AMD IBS, Intel PEBS'
    echo 'pebs'\t'hardware samples through perf: AMD IBS, Intel PEBS'
    echo 'lruscan'\t'page-table walks of the multi-generational LRU'
    echo 'klruscand'\t'page-table walks of the multi-generational LRU'
    echo 'mmscan'\t'accessed-bit scans of address spaces'
    echo 'kmmscand'\t'accessed-bit scans of address spaces'
end

function __pghotctl_params
    echo 'promote'\t'promote hot pages; off makes pghot a profiler that moves nothing'
    echo 'freq-threshold'\t'accesses within a window that make a page hot'
    echo 'window-ms'\t'window in which accesses count'
    echo 'window-max-ms'\t'longest window of a slow source; at window-ms or less no window grows'
    echo 'promote-rate-limit-mbps'\t'most that is promoted to one node per second'
    echo 'batch-nr'\t'base pages that migrate together'
    echo 'sleep-ms'\t'rest of kpromoted between two rounds'
    echo 'target-nid'\t'where to promote to when a report names no node'
    echo 'heap-capacity'\t'folios that can wait for promotion, per node'
    echo 'adaptive'\t'the threshold follows the flow of candidates'
end

function __pghotctl_assign
    __pghotctl_name 'promote='\t'promote hot pages; off makes pghot a profiler that moves nothing'
    __pghotctl_name 'freq-threshold='\t'accesses within a window that make a page hot'
    __pghotctl_name 'window-ms='\t'window in which accesses count'
    __pghotctl_name 'window-max-ms='\t'longest window of a slow source; at window-ms or less no window grows'
    __pghotctl_name 'promote-rate-limit-mbps='\t'most that is promoted to one node per second'
    __pghotctl_name 'batch-nr='\t'base pages that migrate together'
    __pghotctl_name 'sleep-ms='\t'rest of kpromoted between two rounds'
    __pghotctl_name 'target-nid='\t'where to promote to when a report names no node'
    __pghotctl_name 'heap-capacity='\t'folios that can wait for promotion, per node'
    __pghotctl_name 'adaptive='\t'the threshold follows the flow of candidates'
    __pghotctl_values promote on off
    __pghotctl_values target-nid -1 (__pghotctl_nodes | string replace -r '\t.*' '')
    __pghotctl_values target -1 (__pghotctl_nodes | string replace -r '\t.*' '')
    __pghotctl_values adaptive on off
end

function __pghotctl_source_assign
    set -l words (__pghotctl_words)
    __pghotctl_name 'enabled='\t'on or off'
    __pghotctl_values enabled on off
    switch "$words[3]"
    case hintfault
    __pghotctl_name 'hot-latency-ms='\t'a page whose hint faults come so soon is hot'
    case hwhint ibs pebs
    __pghotctl_name 'pmu-type='\t'PMU that samples, by its number in sysfs; 1 is software events'
    __pghotctl_name 'config='\t'event of the PMU; of software events, 5 is minor page faults'
    __pghotctl_name 'config1='\t'more of the event, as the PMU needs it'
    __pghotctl_name 'config2='\t'more of the event, as the PMU needs it'
    __pghotctl_name 'sample-period='\t'events from one sample to the next; more where that would be too many samples'
    __pghotctl_name 'samples-per-sec='\t'most samples per second that are taken on one CPU'
    __pghotctl_name 'count-kernel='\t'accesses made in kernel mode count, too'
    __pghotctl_values count-kernel on off
    __pghotctl_name 'isolated-cpus='\t'isolated and nohz_full CPUs are sampled, too'
    __pghotctl_values isolated-cpus on off
    case lruscan klruscand
    __pghotctl_name 'interval-ms='\t'time from one pass over page tables to the next'
    __pghotctl_name 'budget-pages='\t'page table entries that a pass looks at'
    __pghotctl_name 'cpu-percent='\t'most of one CPU that klruscand may use'
    case mmscan kmmscand
    __pghotctl_name 'scan-size-mib='\t'mapped memory of a process looked at in one go'
    __pghotctl_name 'scan-period-min-ms='\t'time between two passes over a process that uses slow memory'
    __pghotctl_name 'scan-period-max-ms='\t'time between two passes over one that does not'
    __pghotctl_name 'scan-delay-ms='\t'age before which a process is left alone'
    __pghotctl_name 'cpu-percent='\t'most of one CPU that kmmscand may use'
    end
end

complete -c pghotctl -f
complete -c pghotctl -l json -s j -d 'one JSON object on standard output, errors too'
complete -c pghotctl -l pretty -s p -d 'the same, indented'
complete -c pghotctl -l raw -s r -d 'plain numbers in text: bytes, milliseconds, pages'
complete -c pghotctl -l help -s h -d 'help, of the command if one is given'
complete -c pghotctl -l version -s V -d 'version of this program'
complete -c pghotctl -l backend -d 'how to talk to the kernel: auto, netlink or posted' -x -a 'auto netlink posted'
complete -c pghotctl -n '__pghotctl_at ""' -a status -d 'what pghot is doing, at a glance'
complete -c pghotctl -n '__pghotctl_at ""' -a probe -d 'what this kernel and machine can do'
complete -c pghotctl -n '__pghotctl_at ""' -a source -d 'list, show, set'
complete -c pghotctl -n '__pghotctl_at "source"' -a list -d 'the detectors of accesses'
complete -c pghotctl -n '__pghotctl_at "source"' -a show -d 'a source, its parameters and counters'
complete -c pghotctl -n '__pghotctl_at "source"' -a set -d 'set parameters of a source, all or none'
complete -c pghotctl -n '__pghotctl_at ""' -a enable -d 'enable sources, and what they need'
complete -c pghotctl -n '__pghotctl_at ""' -a disable -d 'disable sources'
complete -c pghotctl -n '__pghotctl_at ""' -a get -d 'show parameters'
complete -c pghotctl -n '__pghotctl_at ""' -a set -d 'set parameters, all or none'
complete -c pghotctl -n '__pghotctl_at ""' -a node -d 'nodes with memory: tier, heap, promotions'
complete -c pghotctl -n '__pghotctl_at ""' -a dump -d 'heap, records, promoted'
complete -c pghotctl -n '__pghotctl_at "dump"' -a heap -d 'pages that wait for promotion, hottest first'
complete -c pghotctl -n '__pghotctl_at "dump"' -a records -d 'tracked pages by page frame'
complete -c pghotctl -n '__pghotctl_at "dump"' -a promoted -d 'the most recent promotions, latest first'
complete -c pghotctl -n '__pghotctl_at ""' -a stats -d 'all counters'
complete -c pghotctl -n '__pghotctl_at ""' -a promote -d 'promote now, whatever the rate limit'
complete -c pghotctl -n '__pghotctl_at ""' -a why -d 'why a page was not promoted'
complete -c pghotctl -n '__pghotctl_at ""' -a cgroup -d 'show, set'
complete -c pghotctl -n '__pghotctl_at "cgroup"' -a show -d 'what memory cgroups were told, and what became of their pages'
complete -c pghotctl -n '__pghotctl_at "cgroup"' -a set -d 'tell a memory cgroup how it takes part in promotion'
complete -c pghotctl -n '__pghotctl_at ""' -a reset -d 'forget records, empty heaps, zero counters'
complete -c pghotctl -n '__pghotctl_at ""' -a run -d 'run a program with a scan scale of its own'
complete -c pghotctl -n '__pghotctl_at ""' -a monitor -d 'print events as they happen'
complete -c pghotctl -n '__pghotctl_at ""' -a record -d 'record samples, for pghottop -r'
complete -c pghotctl -n '__pghotctl_at ""' -a report -d 'hotness, cgroups, diff, fit, mappings, processes, timeline, why'
complete -c pghotctl -n '__pghotctl_at "report"' -a hotness -d 'how much slow memory is how hot'
complete -c pghotctl -n '__pghotctl_at "report"' -a cgroups -d 'whose slow memory is hot'
complete -c pghotctl -n '__pghotctl_at "report"' -a diff -d 'what became hot and what went cold, from two recordings'
complete -c pghotctl -n '__pghotctl_at "report"' -a fit -d 'how much fast memory would serve which share of accesses'
complete -c pghotctl -n '__pghotctl_at "report"' -a mappings -d 'which mappings of processes are hot'
complete -c pghotctl -n '__pghotctl_at "report"' -a processes -d 'whose memory is hot, process by process'
complete -c pghotctl -n '__pghotctl_at "report"' -a timeline -d 'what was hot when and where, from recordings'
complete -c pghotctl -n '__pghotctl_at "report"' -a why -d 'why hot memory of a process is in slow memory'
complete -c pghotctl -n '__pghotctl_at ""' -a shell -d 'commands one after the other, typed or from a pipe'
complete -c pghotctl -n '__pghotctl_at ""' -a save -d 'write the settings to a file'
complete -c pghotctl -n '__pghotctl_at ""' -a apply -d 'make the settings those of a file'
complete -c pghotctl -n '__pghotctl_at ""' -a batch -d 'run the commands of a file'
complete -c pghotctl -n '__pghotctl_at ""' -a metrics -d 'all figures as OpenMetrics text'
complete -c pghotctl -n '__pghotctl_at ""' -a help -d 'this help, or that of a command'
complete -c pghotctl -n '__pghotctl_at ""' -a version -d 'versions of this program and of the kernel\'s family'
complete -c pghotctl -n '__pghotctl_at "help"' -a status -d 'what pghot is doing, at a glance'
complete -c pghotctl -n '__pghotctl_at "help"' -a probe -d 'what this kernel and machine can do'
complete -c pghotctl -n '__pghotctl_at "help"' -a source -d 'list, show, set'
complete -c pghotctl -n '__pghotctl_at "help source"' -a list -d 'the detectors of accesses'
complete -c pghotctl -n '__pghotctl_at "help source"' -a show -d 'a source, its parameters and counters'
complete -c pghotctl -n '__pghotctl_at "help source"' -a set -d 'set parameters of a source, all or none'
complete -c pghotctl -n '__pghotctl_at "help"' -a enable -d 'enable sources, and what they need'
complete -c pghotctl -n '__pghotctl_at "help"' -a disable -d 'disable sources'
complete -c pghotctl -n '__pghotctl_at "help"' -a get -d 'show parameters'
complete -c pghotctl -n '__pghotctl_at "help"' -a set -d 'set parameters, all or none'
complete -c pghotctl -n '__pghotctl_at "help"' -a node -d 'nodes with memory: tier, heap, promotions'
complete -c pghotctl -n '__pghotctl_at "help"' -a dump -d 'heap, records, promoted'
complete -c pghotctl -n '__pghotctl_at "help dump"' -a heap -d 'pages that wait for promotion, hottest first'
complete -c pghotctl -n '__pghotctl_at "help dump"' -a records -d 'tracked pages by page frame'
complete -c pghotctl -n '__pghotctl_at "help dump"' -a promoted -d 'the most recent promotions, latest first'
complete -c pghotctl -n '__pghotctl_at "help"' -a stats -d 'all counters'
complete -c pghotctl -n '__pghotctl_at "help"' -a promote -d 'promote now, whatever the rate limit'
complete -c pghotctl -n '__pghotctl_at "help"' -a why -d 'why a page was not promoted'
complete -c pghotctl -n '__pghotctl_at "help"' -a cgroup -d 'show, set'
complete -c pghotctl -n '__pghotctl_at "help cgroup"' -a show -d 'what memory cgroups were told, and what became of their pages'
complete -c pghotctl -n '__pghotctl_at "help cgroup"' -a set -d 'tell a memory cgroup how it takes part in promotion'
complete -c pghotctl -n '__pghotctl_at "help"' -a reset -d 'forget records, empty heaps, zero counters'
complete -c pghotctl -n '__pghotctl_at "help"' -a run -d 'run a program with a scan scale of its own'
complete -c pghotctl -n '__pghotctl_at "help"' -a monitor -d 'print events as they happen'
complete -c pghotctl -n '__pghotctl_at "help"' -a record -d 'record samples, for pghottop -r'
complete -c pghotctl -n '__pghotctl_at "help"' -a report -d 'hotness, cgroups, diff, fit, mappings, processes, timeline, why'
complete -c pghotctl -n '__pghotctl_at "help report"' -a hotness -d 'how much slow memory is how hot'
complete -c pghotctl -n '__pghotctl_at "help report"' -a cgroups -d 'whose slow memory is hot'
complete -c pghotctl -n '__pghotctl_at "help report"' -a diff -d 'what became hot and what went cold, from two recordings'
complete -c pghotctl -n '__pghotctl_at "help report"' -a fit -d 'how much fast memory would serve which share of accesses'
complete -c pghotctl -n '__pghotctl_at "help report"' -a mappings -d 'which mappings of processes are hot'
complete -c pghotctl -n '__pghotctl_at "help report"' -a processes -d 'whose memory is hot, process by process'
complete -c pghotctl -n '__pghotctl_at "help report"' -a timeline -d 'what was hot when and where, from recordings'
complete -c pghotctl -n '__pghotctl_at "help report"' -a why -d 'why hot memory of a process is in slow memory'
complete -c pghotctl -n '__pghotctl_at "help"' -a shell -d 'commands one after the other, typed or from a pipe'
complete -c pghotctl -n '__pghotctl_at "help"' -a save -d 'write the settings to a file'
complete -c pghotctl -n '__pghotctl_at "help"' -a apply -d 'make the settings those of a file'
complete -c pghotctl -n '__pghotctl_at "help"' -a batch -d 'run the commands of a file'
complete -c pghotctl -n '__pghotctl_at "help"' -a metrics -d 'all figures as OpenMetrics text'
complete -c pghotctl -n '__pghotctl_at "help"' -a help -d 'this help, or that of a command'
complete -c pghotctl -n '__pghotctl_at "help"' -a version -d 'versions of this program and of the kernel\'s family'
complete -c pghotctl -n '__pghotctl_in "source show"' -a '(__pghotctl_sources)'
complete -c pghotctl -n '__pghotctl_at "source set"' -a '(__pghotctl_sources)'
complete -c pghotctl -n '__pghotctl_past "source set"' -a '(__pghotctl_source_assign)'
complete -c pghotctl -n '__pghotctl_in "enable"' -a '(__pghotctl_sources)'
complete -c pghotctl -n '__pghotctl_in "enable"' -l no-sysctl -d 'leave kernel.numa_balancing alone'
complete -c pghotctl -n '__pghotctl_in "enable"' -l period -d 'for ibs, pebs and hwhint: sample every Nth event' -x
complete -c pghotctl -n '__pghotctl_in "disable"' -a '(__pghotctl_sources) all\t"all that are enabled"'
complete -c pghotctl -n '__pghotctl_in "get"' -a '(__pghotctl_params)'
complete -c pghotctl -n '__pghotctl_in "set"' -a '(__pghotctl_assign)'
complete -c pghotctl -n '__pghotctl_in "node"' -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l limit -d 'at most so many entries' -x
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l min-freq -d 'only entries with at least this frequency' -x
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l pfn-range -d 'page frames START-END, END included, or START+COUNT' -x -a '(__pghotctl_ranges)'
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l type -d 'only pages of these types' -x -a '(__pghotctl_list anon thp file shmem ksm hugetlb other)'
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l cgroup -d 'only pages charged to this cgroup or one below it' -x -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "dump heap"' -l fields -d 'show these fields, in this order' -x -a '(__pghotctl_list pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup)'
complete -c pghotctl -n '__pghotctl_in "dump records"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "dump records"' -l limit -d 'at most so many entries' -x
complete -c pghotctl -n '__pghotctl_in "dump records"' -l min-freq -d 'only entries with at least this frequency' -x
complete -c pghotctl -n '__pghotctl_in "dump records"' -l pfn-range -d 'page frames START-END, END included, or START+COUNT' -x -a '(__pghotctl_ranges)'
complete -c pghotctl -n '__pghotctl_in "dump records"' -l type -d 'only pages of these types' -x -a '(__pghotctl_list anon thp file shmem ksm hugetlb other)'
complete -c pghotctl -n '__pghotctl_in "dump records"' -l cgroup -d 'only pages charged to this cgroup or one below it' -x -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "dump records"' -l fields -d 'show these fields, in this order' -x -a '(__pghotctl_list pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup)'
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l limit -d 'at most so many entries' -x
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l min-freq -d 'only entries with at least this frequency' -x
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l pfn-range -d 'page frames START-END, END included, or START+COUNT' -x -a '(__pghotctl_ranges)'
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l type -d 'only pages of these types' -x -a '(__pghotctl_list anon thp file shmem ksm hugetlb other)'
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l cgroup -d 'only pages charged to this cgroup or one below it' -x -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "dump promoted"' -l fields -d 'show these fields, in this order' -x -a '(__pghotctl_list pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup)'
complete -c pghotctl -n '__pghotctl_in "stats"' -l watch -d 'print what changed, again after each interval (1, 500ms)' -x
complete -c pghotctl -n '__pghotctl_in "stats"' -l count -d 'with --watch, stop after so many intervals' -x
complete -c pghotctl -n '__pghotctl_at "promote"'
complete -c pghotctl -n '__pghotctl_in "promote"' -l node -d 'node to promote to' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "promote"' -l count -d 'without PFN: the so many hottest that wait for the node' -x
complete -c pghotctl -n '__pghotctl_at "why"'
complete -c pghotctl -n '__pghotctl_past "why"'
complete -c pghotctl -n '__pghotctl_in "why"' -l node -d 'promotion to this node, not to the one that it would go to' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "cgroup show"' -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_at "cgroup set"' -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "cgroup set"' -l promote -d 'on, or off: its pages and those of all below are not promoted' -x -a 'on off'
complete -c pghotctl -n '__pghotctl_in "cgroup set"' -l share -d 'what it can have, with all below, of what is promoted per second' -x
complete -c pghotctl -n '__pghotctl_in "reset"' -a 'records heaps counters all'
complete -c pghotctl -n '__pghotctl_at "run"' -a '(__fish_complete_command)'
complete -c pghotctl -n '__pghotctl_past "run"' -F
complete -c pghotctl -n '__pghotctl_in "run"' -l scan-scale -d 'how much sooner mmscan looks at it, 1 to 10; 0 for never' -x
complete -c pghotctl -n '__pghotctl_in "monitor"' -a 'config promotion'
complete -c pghotctl -n '__pghotctl_in "monitor"' -l count -d 'stop after so many events' -x
complete -c pghotctl -n '__pghotctl_at "record"' -F
complete -c pghotctl -n '__pghotctl_past "record"' -a 'heap records promoted'
complete -c pghotctl -n '__pghotctl_in "record"' -l interval -d 'time between samples, 1s by default' -x
complete -c pghotctl -n '__pghotctl_in "record"' -l count -d 'stop after so many samples' -x
complete -c pghotctl -n '__pghotctl_in "record"' -l limit -d 'entries of each kind and sample, 4096 by default; 0 for all' -x
complete -c pghotctl -n '__pghotctl_in "record"' -l force -d 'overwrite the file if there is one'
complete -c pghotctl -n '__pghotctl_in "report hotness"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "report hotness"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report hotness"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_in "report cgroups"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "report cgroups"' -l top -d 'at most so many cgroups, those with most hot memory' -x
complete -c pghotctl -n '__pghotctl_in "report cgroups"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report cgroups"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_at "report diff"' -F
complete -c pghotctl -n '__pghotctl_past "report diff"' -F
complete -c pghotctl -n '__pghotctl_in "report diff"' -l top -d 'show so many groups at most; all without' -x
complete -c pghotctl -n '__pghotctl_in "report diff"' -l sort -d 'by change, the default, hot (became so), cold (went so) or cgroup' -x -a 'change hot cold cgroup'
complete -c pghotctl -n '__pghotctl_in "report diff"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report diff"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_at "report fit"' -F
complete -c pghotctl -n '__pghotctl_in "report fit"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "report fit"' -l cgroup -d 'only memory charged to this cgroup or one below it, without FILE' -x -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "report fit"' -l pid -d 'only memory that this process maps, without FILE' -x
complete -c pghotctl -n '__pghotctl_in "report fit"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report fit"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l cgroup -d 'only processes in this cgroup or one below it' -x -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l pid -d 'only this process' -x
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l top -d 'at most so many mappings, 20 by default' -x
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l sort -d 'by what is hot, warm or at all slow, by what is fast, by size or pid' -x -a 'hot warm slow fast size pid'
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report mappings"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_in "report processes"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "report processes"' -l cgroup -d 'only processes in this cgroup or one below it' -x -a '(__pghotctl_cgroups)'
complete -c pghotctl -n '__pghotctl_in "report processes"' -l pid -d 'only this process' -x
complete -c pghotctl -n '__pghotctl_in "report processes"' -l top -d 'at most so many processes, 20 by default' -x
complete -c pghotctl -n '__pghotctl_in "report processes"' -l sort -d 'by what is hot, warm or at all slow, by what is fast, by size or pid' -x -a 'hot warm slow fast size pid'
complete -c pghotctl -n '__pghotctl_in "report processes"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report processes"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_in "report timeline"' -F
complete -c pghotctl -n '__pghotctl_in "report timeline"' -l svg -d 'draw it into that file, - for standard output' -r -F
complete -c pghotctl -n '__pghotctl_in "report timeline"' -l html -d 'the same as a page that needs nothing else' -r -F
complete -c pghotctl -n '__pghotctl_at "report why"'
complete -c pghotctl -n '__pghotctl_in "report why"' -l node -d 'only this node' -x -a '(__pghotctl_nodes)'
complete -c pghotctl -n '__pghotctl_in "report why"' -l sample -d 'ask about so many folios at most, 4096 by default' -x
complete -c pghotctl -n '__pghotctl_at "save"' -F
complete -c pghotctl -n '__pghotctl_at "apply"' -F
complete -c pghotctl -n '__pghotctl_in "apply"' -l dry-run -d 'show what would change, and change nothing'
complete -c pghotctl -n '__pghotctl_at "batch"' -F
complete -c pghotctl -n '__pghotctl_in "batch"' -l keep-going -d 'go on behind a command that fails'
complete -c pghotctl -n '__pghotctl_in "metrics"' -l output -d 'write that file, all at once, for a collector of text files' -r -F
complete -c pghotctl -n '__pghotctl_in "metrics"' -l format -d 'openmetrics, or prometheus, the default for files named *.prom' -x -a 'openmetrics prometheus'
complete -c pghotctl -n '__pghotctl_in "metrics"' -l cgroups -d 'also of memory cgroups, of N at most, those with most promoted' -x
complete -c pghotctl -n '__pghotctl_in "metrics"' -l http -d 'answer one HTTP request on standard input, as of a socket of systemd'
