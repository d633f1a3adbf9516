package io.octavialb.vip.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole configuration while it is read, in either format. */
final class AgentDraft {
    final Dialect dialect;
    final Place place;
    final List<InstanceDraft> instances = new ArrayList<>();
    final List<CheckSettings> checks = new ArrayList<>();

    /** Names of checks that are there, but wrong. */
    final Set<String> brokenChecks = new HashSet<>();

    final List<SyncGroupDraft> syncGroups = new ArrayList<>();

    @Nullable
    Said<String> listen;

    @Nullable
    Said<String> stateFile;

    @Nullable
    Said<Long> realtimePriority;

    @Nullable
    Said<String> scriptUser;

    /** The version of instances that name none. */
    int version = 3;

    AgentDraft(Dialect dialect, Place place) {
        this.place = place;
        this.dialect = dialect;
    }

    static <T> Optional<T> value(@Nullable Said<T> said) {
        return said == null ? Optional.empty() : Optional.of(said.value());
    }

    /** A sync group while it is read. */
    static final class SyncGroupDraft {
        final String name;
        final Place place;
        final List<Said<String>> members = new ArrayList<>();
        final List<Said<InstanceDraft.TrackedDraft>> interfaces = new ArrayList<>();
        final List<Said<InstanceDraft.TrackedDraft>> checks = new ArrayList<>();
        final NotifyDraft notified = new NotifyDraft();

        /** Members keep weights of their own (keepalived's sync_group_tracking_weight). */
        boolean membersKeepWeights;

        SyncGroupDraft(String name, Place place) {
            this.name = name;
            this.place = place;
        }
    }
}
