package io.octavialb.vip.config;

import io.octavialb.vrrp.Checksum;
import io.octavialb.vrrp.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instance while it is read: what is said, with its place, before anything is checked against anything else. */
final class InstanceDraft {
    final String name;
    final Place place;

    @Nullable
    Said<String> interfaceName;

    @Nullable
    Said<Long> version;

    @Nullable
    Said<Long> vrid;

    @Nullable
    Said<Long> priority;

    @Nullable
    Said<Duration> interval;

    @Nullable
    Said<Boolean> preempt;

    @Nullable
    Said<Duration> preemptDelay;

    @Nullable
    Said<String> password;

    @Nullable
    Said<IpAddress> source;

    @Nullable
    Said<Boolean> trackSource;

    /** Whether unicast is wanted, even if no peer is named. */
    @Nullable
    Place unicast;

    Checksum checksum = Checksum.PSEUDO_HEADER;
    final List<Said<IpAddress>> peers = new ArrayList<>();
    final List<Said<VirtualAddress>> addresses = new ArrayList<>();
    final List<Said<VirtualAddress>> excluded = new ArrayList<>();
    final List<Said<TrackedDraft>> interfaces = new ArrayList<>();
    final List<Said<TrackedDraft>> checks = new ArrayList<>();
    AnnouncementsDraft announcements = AnnouncementsDraft.NOTHING;
    final NotifyDraft notified = new NotifyDraft();

    InstanceDraft(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    /** The address with the device that it is put on, as far as that is known. */
    NodeAddress onNode(VirtualAddress virtual) {
        return new NodeAddress(virtual.address(), virtual.device().orElse(device()));
    }

    /** An address that is reached over the instance's own interface. */
    NodeAddress onInterface(IpAddress address) {
        return new NodeAddress(address, device());
    }

    private String device() {
        return interfaceName == null ? "" : interfaceName.value();
    }

    /** @param weight null is that of the check, or 0 for an interface */
    record TrackedDraft(String name, @Nullable Integer weight) {}
}
