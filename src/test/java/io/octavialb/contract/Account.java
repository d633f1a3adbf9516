package io.octavialb.contract;

/** A user with a password in a project; the constants are those of {@code src/lab/README.md}. */
record Account(String user, String password, String project) {
    /** The controller's own, roles member and load-balancer_member. */
    static final Account CONTROLLER = new Account("occm", "occm-lab", "occm");

    /** May read the load balancers of the controller's project, not write. */
    static final Account READER = new Account("occm-reader", "occm-lab", "occm");

    /** A user of another project. */
    static final Account STRANGER = new Account("other", "occm-lab", "other");

    static final Account ADMINISTRATOR = new Account("admin", "admin-lab", "admin");

    Account in(String otherProject) {
        return new Account(user, password, otherProject);
    }

    /** The body of {@code POST /v3/auth/tokens} (Keystone API, password authentication, scope project). */
    String login() {
        return """
            {auth: {identity: {methods: ['password'],
                               password: {user: {name: '%s', domain: {id: 'default'}, password: '%s'}}},
                    scope: {project: {name: '%s', domain: {id: 'default'}}}}}""".formatted(user, password, project);
    }

    @Override
    public String toString() {
        return user + " in project " + project;
    }
}
