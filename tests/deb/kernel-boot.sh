#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 3600
#
# A Debian system on a disk of its own, with the packages of the kernel and of the tools:
# it boots the kernel from that disk by its initramfs, the unit applies /etc/pghot.conf,
# and a hot set is promoted.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=kernel.bash
. "$(dirname "$0")/kernel.bash"

suite=bookworm root=$scratch/root
for tool in qemu-system-x86_64 mke2fs; do
	command -v "$tool" > /dev/null || skip "$tool is not installed"
done
[ -x build/vm/pghot-workload ] || skip "build/vm/pghot-workload is not built (make tools)"
build_kernel_package

# --- the system --------------------------------------------------------------

debian_root $suite "$root"
apt_in "$root" install systemd-sysv udev kmod zstd initramfs-tools ||
	skip "systemd cannot be had in the root of $suite"
mkdir "$root/tmp/debs"
cp "$(deb pghot-tools)" "$kernel_debs"/linux-image-*.deb "$root/tmp/debs"
# The disk of the machine that it is for, which mkinitramfs cannot look at.
echo '/dev/vda / ext4 defaults 0 1' > "$root/etc/fstab"
in_root "$root" sh -c 'apt-get -q -y --no-install-recommends install /tmp/debs/*.deb' > "$scratch/apt" 2>&1 ||
	{ tail -n 20 "$scratch/apt"; fail "the packages do not install"; finish; }
rm -r "$root/tmp/debs"
initrd=$(echo "$root"/boot/initrd.img-6.12.*-pghot) image=$(echo "$root"/boot/vmlinuz-6.12.*-pghot)
[ -s "$initrd" ] && [ -s "$image" ] || { fail "no kernel or no initramfs: $(ls "$root/boot")"; finish; }
in_root "$root" lsinitramfs "/boot/${initrd##*/}" > "$scratch/in-initramfs"
for module in ext4 virtio_blk; do
	grep -q "/${module}[.]ko" "$scratch/in-initramfs" || fail "the initramfs has no module $module"
done

cat > "$root/etc/pghot.conf" <<-'END'
	[parameters]
	promote-rate-limit-mbps = 1000

	[source hintfault]
	enabled = on

	[system]
	numa-balancing = 2
	demotion = on
	END
cp build/vm/pghot-workload "$root/usr/local/bin/"
cat > "$root/usr/local/sbin/look" <<-'END'
	#!/bin/bash
	exec > /dev/virtio-ports/look 2>&1
	echo "unit $(systemctl is-active pghot.service)"
	echo "failed $(systemctl --failed --plain --no-legend | tr '\n' ' ')"
	echo "root $(grep ' / ' /proc/mounts)"
	echo "9p $(grep -c 9p /proc/mounts)"
	echo "release $(uname -r)"
	echo "limit $(pghotctl get promote-rate-limit-mbps)"
	echo "balancing $(cat /proc/sys/kernel/numa_balancing)"
	pghot-workload --rate 16 --seconds 120
	echo "promoted $(sed -n 's/^pghot_promoted //p' /proc/vmstat)"
	echo end
	systemctl --no-block poweroff
	END
chmod +x "$root/usr/local/sbin/look"
cat > "$root/etc/systemd/system/look.service" <<-'END'
	[Unit]
	After=multi-user.target
	[Service]
	Type=oneshot
	ExecStart=/usr/local/sbin/look
	END
ln -s ../look.service "$root/etc/systemd/system/multi-user.target.wants/look.service"
mkdir "$scratch/boot"
cp "$image" "$scratch/boot/vmlinuz"
cp "$initrd" "$scratch/boot/initrd"
mke2fs -q -t ext4 -d "$root" "$scratch/disk" 3G || { fail "no disk image"; finish; }
rm -rf --one-file-system "$root"

# --- the machine: as vm/boot makes it, but for its disk ----------------------

# shellcheck disable=SC2054 # the commas are QEMU's
machine=(
	-machine q35,hmat=on -accel "tcg,thread=multi" -cpu "max,-erms,-fsrm" -smp 2 -m 2048M
	-nodefaults -no-user-config -display none -no-reboot
	-object memory-backend-ram,id=fast,size=1024M
	-object memory-backend-ram,id=slow,size=1024M
	-numa node,nodeid=0,memdev=fast,initiator=0
	-numa node,nodeid=1,memdev=slow,initiator=0
	-numa cpu,node-id=0,socket-id=0
	-numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-latency,latency=100
	-numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=20G
	-numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-latency,latency=400
	-numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-bandwidth,bandwidth=5G
	-kernel "$scratch/boot/vmlinuz" -initrd "$scratch/boot/initrd"
	-append "root=/dev/vda rw console=ttyS0 panic=-1 tsc=reliable no_timer_check watchdog_thresh=30 norandmaps"
	-drive "file=$scratch/disk,if=virtio,format=raw"
	-chardev "file,id=console,path=$scratch/console" -serial chardev:console
	-device virtio-serial-pci
	-chardev "file,id=look,path=$scratch/look" -device virtserialport,chardev=look,name=look
)
rc=0
timeout --kill-after=10 1200 qemu-system-x86_64 "${machine[@]}" < /dev/null > "$scratch/qemu" 2>&1 || rc=$?
if [ "$rc" -ne 0 ] || ! grep -qx end "$scratch/look"; then
	tail -n 40 "$scratch/console"
	cat "$scratch/look" "$scratch/qemu"
	fail "the machine ended with $rc, before its end"
	finish
fi
vm/check-log "$scratch/console" || fail "the kernel complained"
cat "$scratch/look"

said() { grep -qE "^$1" "$scratch/look" || fail "it did not say '$1'"; }
said 'unit active$'
said 'failed *$'
said 'root /dev/vda / ext4 '
said '9p 0$'
said 'release 6[.]12[.].*-pghot$'
said 'limit .*1000'
said 'balancing [2367]$'
said 'promoted [1-9][0-9]*$'
recall=$(sed -n 's/^summary .*max_recall=\([0-9.]*\).*/\1/p' "$scratch/look")
awk -v r="${recall:-0}" 'BEGIN { exit !(r >= 0.9) }' || fail "of the hot set ${recall:-nothing} was promoted"
finish
