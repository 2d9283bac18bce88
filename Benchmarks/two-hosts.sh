#!/usr/bin/env bash
# Two hosts on one machine: a rank in each of two network namespaces, which a pair of veth interfaces joins.
# Shows the time of a CSG step (ResNet-50, 16 images, a thread each) and what it sends, at several rates of the link; then cuts the
# link under a run, and shows what each rank prints and after what time. Wants root, and what `make bench` makes.
#   RATES="full 1gbit"    the rates of the link to measure, as tc calls them
#   PEER_TIMEOUT=10       how long a rank may give no sign of life, in seconds
set -euo pipefail
cd "$(dirname "$0")/.."

rates="${RATES:-full 10gbit 1gbit 500mbit 250mbit 100mbit}"
limit="${PEER_TIMEOUT:-10}"
workload=.deps/bench-data/resnet50.safetensors
steps=3 warmup=2
work="$(mktemp -d)"
spaces=("syn2real-$$-0" "syn2real-$$-1") links=("s2r$$a" "s2r$$b") addresses=(10.77.0.1 10.77.0.2)

say() { printf '%s\n' "two-hosts: $*" >&2; }
fail() { say "$*"; exit 1; }

cleaned() {
  local space
  for space in "${spaces[@]}"; do
    # shellcheck disable=SC2046
    kill -KILL $(ip netns pids "$space" 2>/dev/null) 2>/dev/null || true
    ip netns del "$space" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap cleaned EXIT

join_hosts() {
  command -v ip >/dev/null && command -v tc >/dev/null || fail "no 'ip' and 'tc' here; install iproute2."
  { ip netns add "${spaces[0]}" && ip netns add "${spaces[1]}" &&
    ip link add "${links[0]}" type veth peer name "${links[1]}"; } 2>"$work/refused" ||
    fail "this kernel allows no network namespaces: $(cat "$work/refused"); nothing was measured."
  local rank
  for rank in 0 1; do
    ip link set "${links[rank]}" netns "${spaces[rank]}"
    ip -n "${spaces[rank]}" addr add "${addresses[rank]}/24" dev "${links[rank]}"
    ip -n "${spaces[rank]}" link set "${links[rank]}" up
    ip -n "${spaces[rank]}" link set lo up
  done
}

# set_rate RATE: what each host sends to the other at most.
set_rate() {
  local rank
  for rank in 0 1; do
    ip netns exec "${spaces[rank]}" tc qdisc del dev "${links[rank]}" root 2>/dev/null || true
    [ "$1" = full ] || ip netns exec "${spaces[rank]}" tc qdisc add dev "${links[rank]}" root \
      tbf rate "$1" burst 1mb latency 100ms || fail "this kernel cannot limit the rate of a link to $1."
  done
}

# on RANK COMMAND…: runs it on that rank's host.
on() {
  local rank="$1"
  shift
  ip netns exec "${spaces[rank]}" env RANK="$rank" WORLD_SIZE=2 LOCAL_RANK=0 LOCAL_WORLD_SIZE=1 \
    MASTER_ADDR="${addresses[0]}" MASTER_PORT=29500 GLOO_SOCKET_IFNAME="${links[rank]}" OMP_NUM_THREADS=1 "$@"
}

sent() { ip netns exec "${spaces[0]}" cat "/sys/class/net/${links[0]}/statistics/tx_bytes"; }

measure_rates() {
  [ -e "$workload" ] || fail "$workload is missing; 'make bench BENCH=\"--quick --cases scaling\"' makes it."
  local step=(.build/release/benchmark step "$workload" --backbone resnet50 --method csg --threads 1
    --warmup "$warmup" --repeats "$steps")
  local rate before median
  for rate in $rates; do
    set_rate "$rate"
    before="$(sent)"
    on 1 "${step[@]}" >"$work/other.json" &
    on 0 "${step[@]}" >"$work/step.json"
    wait $!
    median="$(sed -E 's/.*"seconds":\[([^]]*)\].*/\1/' "$work/step.json" | tr , '\n' | sort -g | sed -n "$(((steps + 1) / 2))p")"
    printf '%-8s  %6.2f s a step, %s MB sent by each rank\n' "$rate" "$median" \
      "$((($(sent) - before) / (warmup + steps) / 1000000))"
  done
  set_rate full
}

# What a rank prints, behind the seconds since the link was cut.
told() {
  local rank="$1" line now
  while IFS= read -r line; do
    now="$(date +%s%N)"
    if [ -e "$work/cut" ]; then
      printf 'rank %s, %5.1f s: %s\n' "$rank" "$(((now - $(cat "$work/cut")) / 100000000))e-1" "$line"
    fi
  done
}

cut_link() {
  local rank status
  for rank in 0 1; do
    (
      set +e
      on "$rank" .build/release/syn2real train Recipes/photographs.yaml --set evaluate.every=5 \
        --output "$work/run" --peer-timeout "$limit" 2>&1 | told "$rank"
      status="${PIPESTATUS[0]}"
      printf 'rank %s, %5.1f s: exit code %s\n' "$rank" "$((($(date +%s%N) - $(cat "$work/cut")) / 100000000))e-1" "$status"
    ) &
  done
  while [ ! -e "$work/run/checkpoints/last.safetensors" ]; do
    sleep 0.2
    [ -n "$(jobs -rp)" ] || fail "the run ended before its first checkpoint."
  done
  sleep 1
  date +%s%N >"$work/cut"
  ip -n "${spaces[1]}" link set "${links[1]}" down
  printf 'the link is cut after %s steps; --peer-timeout %s\n' "$(wc -l <"$work/run/metrics.jsonl")" "$limit"
  wait
  printf 'the run goes on: '
  ip -n "${spaces[1]}" link set "${links[1]}" up
  OMP_NUM_THREADS=1 .build/release/syn2real train Recipes/photographs.yaml --set evaluate.every=5 \
    --output "$work/run" --resume auto --until "$(($(wc -l <"$work/run/metrics.jsonl") + 1))" 2>&1 |
    sed -n "\$s|$work/||p"
}

join_hosts
printf '%s, load %s at the start\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(cut -d ' ' -f 1 /proc/loadavg)"
measure_rates
cut_link
