package io.octavialb.vip.config;

/** Reads the notify statements of instances and groups. */
final class KeepalivedNotify {
    private KeepalivedNotify() {}

    static boolean isNotify(Statement said) {
        return said.key().startsWith("notify");
    }

    static void read(Statement said, NotifyDraft draft, KeepalivedValues values, Problems problems) {
        NotifyDraft.On on = switch (said.key()) {
            case "notify_master" -> NotifyDraft.On.ACTIVE;
            case "notify_backup" -> NotifyDraft.On.BACKUP;
            case "notify_fault" -> NotifyDraft.On.FAULT;
            case "notify_stop" -> NotifyDraft.On.STOP;
            case "notify" -> NotifyDraft.On.ANY;
            default -> throw new AssertionError(said.key());
        };
        values.commandAndUser(said)
                .filter(command -> !draft.add(on, command))
                .ifPresent(_ ->
                        problems.warning(said.place(), said.key() + " is said twice: the first counts", "remove one"));
    }
}
