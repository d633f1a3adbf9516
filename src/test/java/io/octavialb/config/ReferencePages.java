package io.octavialb.config;

import java.util.List;
import java.util.stream.Collectors;

/** The reference pages under {@code docs/}, written from the tables that parsing reads. */
final class ReferencePages {
    private static final String GENERATED = """
            <!-- Generated from the %s table. Change that, then: mvn test -Dtest=ReferencePagesTest -Dgolden.update=true -->
            """;

    private ReferencePages() {}

    static String cloudConfig() {
        StringBuilder page = new StringBuilder("# cloud-config\n\n")
                .append(GENERATED.formatted("CloudConfigOptions"))
                .append("""

                The file given by `--cloud-config`, in the dialect of git-config: that of OpenStack's
                cloud-controller-manager, whose files are read as they are. Examples are in `cloud-config/`.

                - A value that contains `#` or `;` is quoted: `password = "a;b"`. In a value, `\\\\` is a backslash and `\\"` a
                  quote. A backslash at the end of a line continues the value on the next one.
                - Sections and keys do not depend on case. Of a repeated key the last one counts. A key with an empty value
                  (`key =`) is unset.
                - An unknown key or section is a warning. Any other mistake is an error: the program tells all of them and
                  does not start.
                - The sections `[Route]` and `[BlockStorage]` are accepted and ignored. Environment variables (`OS_*`) are not
                  read.
                - Several ways to authenticate: `trust-id` beats `password`, which beats `token`, which beats
                  `application-credential-*`. What the file says beats clouds.yaml.

                """);
        CloudConfigOptions.ALL.stream()
                .map(Option::section)
                .distinct()
                .forEach(section -> page.append(section(section)));
        return page.toString();
    }

    private static String section(String section) {
        String header = section.equals(CloudConfigOptions.LOAD_BALANCER_CLASS) ? section + " \"name\"" : section;
        return "## [" + header + "]\n\n| Key | Type | Default | Meaning |\n|---|---|---|---|\n"
                + CloudConfigOptions.ALL.stream()
                        .filter(option -> option.section().equals(section))
                        .map(option -> "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        option.key(),
                                        type(option.type()),
                                        option.defaultText() == null ? "unset" : "`" + option.defaultText() + "`",
                                        cell(option.doc())))
                        .collect(Collectors.joining())
                + "\n";
    }

    static String annotations() {
        StringBuilder page = new StringBuilder("# Annotations of a Service\n\n")
                .append(GENERATED.formatted("Annotations"))
                .append("""

                What a Service of type LoadBalancer may ask for. Keys without a `/` stand below `loadbalancer.openstack.org/`.

                - A value that is not allowed gives a Warning event with key, value and remedy. On a load balancer that is
                  there, what the value is about (a port's listener, pool and monitor; the floating IP; the host name) stays
                  as it is, and all else goes on: other ports, and the members of every port. What is new (a load balancer,
                  the listener of a port) gets the default where "if wrong" says *default*; where it says *kept*, it is not
                  created. Where it says *refused*, nothing in the cloud changes until it is put right; *spared*: nothing is deleted
                  for it.
                - What this Octavia or the provider can't take (see "needs") gives a Warning event too. It is left out; but
                  where members or clients would be served in another way without it (*essential*), it is as a wrong value
                  that is *kept*.
                - Of two annotations that contradict each other, the one without effect gives a Warning event that names the
                  other.
                - An unknown key below `loadbalancer.openstack.org/` gives a Warning event with the nearest known one.
                - An empty value is the same as no annotation, except for booleans and numbers (wrong) and where "empty" says
                  *clears*: there it stands for nothing, instead of what the cloud-config says.
                - *cloud-config* as default is the key of the same name in `[LoadBalancer]`.
                - Applied *at creation* means that a later change has no effect on the load balancer there is.
                - What has *yes* under "per port" can be said for one port as well, by its number or name after a dot:
                  `x-forwarded-for.80`, `timeout-client-data.https`. That beats what is said for all ports, the number beats
                  the name, and what is said for all ports and contradicts it is silent for that port.

                | Key | Type | Default | If wrong | Empty | Applied | Per port | Needs | Meaning |
                |---|---|---|---|---|---|---|---|---|
                """);
        Annotations.ALL.forEach(annotation -> page.append("| `%s` | %s | %s | %s | %s | %s | %s | %s | %s%s |\n"
                .formatted(
                        shortKey(annotation.key()),
                        type(annotation.type()),
                        annotation.defaultText(),
                        ifWrong(annotation),
                        switch (annotation.onEmpty()) {
                            case CLEARS -> "clears";
                            case NOT_SET -> "";
                            case IS_A_VALUE -> "wrong";
                        },
                        annotation.updatable() ? "always" : "at creation",
                        annotation.perPort() ? "yes" : "",
                        needs(annotation),
                        cell(annotation.doc()),
                        excludes(annotation.excludes()))));
        return page.toString();
    }

    private static String ifWrong(Annotation<?> annotation) {
        return switch (annotation.onBadValue()) {
            case REFUSE -> "refused";
            case KEEP -> "kept";
            case SPARE -> "spared";
            case FALL_BACK -> annotation.type().allowed().equals("any text") ? "" : "default";
        };
    }

    private static String needs(Annotation<?> annotation) {
        String version = annotation.minimumVersion() == null ? "" : "Octavia API " + annotation.minimumVersion();
        String providers = annotation.notWith().isEmpty() ? "" : "not " + String.join(", ", annotation.notWith());
        return version
                + (version.isEmpty() || providers.isEmpty() ? "" : "; ")
                + providers
                + (annotation.essential() ? "; essential" : "");
    }

    private static String excludes(List<String> keys) {
        return keys.stream()
                .map(key -> " Not together with `" + shortKey(key) + "`.")
                .collect(Collectors.joining());
    }

    private static String shortKey(String key) {
        return key.startsWith(Annotations.PREFIX) ? key.substring(Annotations.PREFIX.length()) : key;
    }

    private static String type(ValueType<?> type) {
        boolean selfEvident = type.allowed().equals("any text");
        return cell(selfEvident ? type.name() : type.name() + ": " + type.allowed());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
