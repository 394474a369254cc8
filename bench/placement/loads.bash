# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2034 # the names are for who sources this
#
# loads.bash - what runs while the mechanisms are compared
#
# Sourced, by run for the names and what is prepared on the host, and by cell, in the
# machine, to start them.

declare -A load_about=(
	[zipf-0.8]='1400 MiB onto a full node, popularity 1/rank^0.8'
	[zipf-0.99]='1400 MiB onto a full node, popularity 1/rank^0.99'
	[zipf-1.2]='1400 MiB onto a full node, popularity 1/rank^1.2'
	[zipf-0.99-threads]='the same as zipf-0.99, by 4 threads'
	[uniform]='1400 MiB onto a full node, all pages alike'
	[shift]='zipf-0.99 with other popular pages every 40 s'
	[free]='256 MiB on node 1, a scattered hot set of 16 MiB, node 0 is free'
	[idle]='two processes of 700 MiB; the first, in fast memory, becomes idle after 30 s'
	[file-read]='a file of 1200 MiB in the page cache by read(2), 1/rank^0.99'
	[file-mmap]='a file of 1200 MiB in the page cache by mmap(2), 1/rank^0.99'
	[thp]='1400 MiB in huge pages onto a full node, 1/rank^0.99 by huge page'
	[big-hot]='95 % of the accesses to 1100 of 1400 MiB: hot is more than fits'
	[neighbour]='zipf-0.99 of 1200 MiB beside stress-ng that uses 200 MiB all the time'
	[rocksdb]="RocksDB's db_bench: random reads, 1 GiB of block cache, exponential keys"
	[postgres]="PostgreSQL with pgbench: select one row, Zipfian, all in shared buffers"
)
loads=(zipf-0.8 zipf-0.99 zipf-1.2 zipf-0.99-threads uniform shift free idle file-read file-mmap
	thp big-hot neighbour rocksdb postgres)

# load_seconds NAME: the length of a run when none was asked for
load_seconds() {
	case $1 in
	shift) echo 120 ;;
	*) echo 90 ;;
	esac
}

# Those that bench-load does: its options, in $load_options; else returns 1.
own_load() {
	case $1 in
	zipf-0.99-threads) load_options=(--zipf 0.99 --threads 4) ;;
	zipf-*) load_options=(--zipf "${1#zipf-}") ;;
	uniform) load_options=(--uniform) ;;
	shift) load_options=(--zipf 0.99 --shift 40) ;;
	free) load_options=(--mib 256 --hot 16:0.9999 --node 1) ;;
	idle) load_options=(--mib 700 --processes 2 --idle-after 30) ;;
	file-read) load_options=(--mib 1200 --memory read --file "$PGHOT_BENCH_DATA/file") ;;
	file-mmap) load_options=(--mib 1200 --memory mmap --file "$PGHOT_BENCH_DATA/file") ;;
	thp) load_options=(--memory thp --huge-ranks) ;;
	big-hot) load_options=(--hot 1100:0.95) ;;
	neighbour) load_options=(--mib 1200) ;;
	*) return 1 ;;
	esac
}

# --- programs that nobody here wrote ---------------------------------------------

pg_bin() { printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1; }
pg_scale=80

# prepare_load NAME: on the host, once; what it makes stays in $PGHOT_BENCH_DATA
prepare_load() {
	local data=$PGHOT_BENCH_DATA
	mkdir -p "$data"
	case $1 in
	# All holes, which read as pages of zeros: no page of a hole is shared.
	file-*) [ -e "$data/file" ] || truncate -s 1200M "$data/file" ;;
	rocksdb)
		[ -e "$data/rocksdb/done" ] && return
		need_program db_bench rocksdb-tools
		rm -rf "$data/rocksdb"
		say "preparing the data of db_bench"
		db_bench --benchmarks=fillseq,compact --db="$data/rocksdb" --num=1000000 --value_size=1000 \
			--compression_type=none --disable_wal=1 --max_background_jobs=2 \
			> "$data/rocksdb.log" 2>&1 || die "db_bench failed, see $data/rocksdb.log"
		touch "$data/rocksdb/done" ;;
	postgres)
		[ -e "$data/postgres/done" ] && return
		[ -x "$(pg_bin)/initdb" ] || die "PostgreSQL is not installed (run 'make deps')"
		[ "$(id -u)" -eq 0 ] || die "the load 'postgres' is prepared as root, for the user postgres"
		rm -rf "$data/postgres"
		install -d -o postgres -m 700 "$data/postgres"
		say "preparing the data of pgbench"
		make_postgres "$data/postgres" > "$data/postgres.log" 2>&1 ||
			die "PostgreSQL's data cannot be made, see $data/postgres.log"
		touch "$data/postgres/done" ;;
	esac
}

need_program() { command -v "$1" > /dev/null || die "no $1 here (package $2; run 'make deps')"; }

as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/tmp "$@"; }

# The user postgres may not get to a checkout in somebody's home: the data is made where
# anybody may look, and moved.
make_postgres() (
	set -e
	cd /
	dir=$(mktemp -d /var/tmp/pghot-bench.XXXXXX)
	chown postgres "$dir"
	trap 'rm -rf "$dir"' EXIT
	as_postgres "$(pg_bin)/initdb" -D "$dir/data" --no-sync -A trust -E UTF8 --locale=C
	cat >> "$dir/data/postgresql.conf" <<-END
		listen_addresses = ''
		unix_socket_directories = '/tmp'
		fsync = off
		huge_pages = off
		autovacuum = off
		max_connections = 10
		max_wal_size = 4GB
	END
	as_postgres "$(pg_bin)/pg_ctl" -D "$dir/data" -w -o "-k $dir" start
	as_postgres "$(pg_bin)/createdb" -h "$dir" bench
	as_postgres "$(pg_bin)/pgbench" -h "$dir" -i -q -s $pg_scale bench
	as_postgres "$(pg_bin)/psql" -h "$dir" -d bench -c 'create extension pg_prewarm'
	as_postgres "$(pg_bin)/psql" -h "$dir" -d bench -c 'vacuum freeze analyze'
	as_postgres "$(pg_bin)/pg_ctl" -D "$dir/data" -w -m fast stop
	cp -a "$dir/data/." "$1"
)

# start_load NAME SECONDS SEED LOG: in the machine, in the current process's control
# group; returns when what is to be measured runs. Whatever is to be known about its
# speed is in LOG in the end.
start_load() {
	local data=$PGHOT_BENCH_DATA
	case $1 in
	rocksdb)
		# O_DIRECT: the block cache is all that there is of it in memory. Once through the
		# keys fills that; it takes minutes. Half an hour is longer than anybody measures.
		db_bench --benchmarks=readseq,readrandom --db="$data/rocksdb" --use_existing_db=1 --readonly=1 \
			--num=1000000 --value_size=1000 --compression_type=none --use_direct_reads=1 \
			--cache_size=$(( 1100 << 20 )) --cache_index_and_filter_blocks=1 --open_files=-1 \
			--read_random_exp_range=10 --seed="$3" --duration=1800 --stats_interval_seconds=5 \
			> "$4" 2>&1 &
		# The first benchmark has reported, the second one has begun.
		wait_for 600 "db_bench has read everything" grep -qs '^readseq' "$4" ;;
	postgres)
		# Opened for writing, it would be copied to the memory of the machine if it were
		# not in the shared directory. The machine before this one was just switched off.
		data=/mnt/share/data
		rm -f $data/postgres/postmaster.pid
		as_postgres "$(pg_bin)/postgres" -D $data/postgres -c shared_buffers=1300MB -c data_sync_retry=on \
			> "$4" 2>&1 &
		wait_for 60 "PostgreSQL is up" as_postgres "$(pg_bin)/pg_isready" -q -h /tmp
		as_postgres "$(pg_bin)/psql" -h /tmp -d bench -Atc \
			"select pg_prewarm('pgbench_accounts_pkey'), pg_prewarm('pgbench_accounts')" >> "$4"
		# The ranks are spread over the table.
		cat > /tmp/zipf.sql <<-'END'
			\set rank random_zipfian(1, 100000 * :scale, 1.05)
			\set aid 1 + permute(:rank - 1, 100000 * :scale)
			SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
		END
		as_postgres "$(pg_bin)/pgbench" -h /tmp -n -M prepared -f /tmp/zipf.sql -c 2 -j 1 -T 1800 -P 5 \
			--random-seed="$3" bench >> "$4" 2>&1 &
		wait_for 60 "pgbench runs" grep -qs ^progress "$4" ;;
	esac
}
