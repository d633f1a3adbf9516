package io.octavialb.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Plans as {@code octavia-lb plan} and {@code octavia-lb orphans} print them. */
enum PlanOutput {
    text {
        @Override
        void print(List<ServicePlan> plans, PrintWriter out) {
            plans.forEach(plan -> printOne(plan, out));
            if (plans.isEmpty()) {
                out.println("nothing to do: no Service is served");
            } else if (plans.size() > 1) {
                out.println(summary(plans));
            }
        }

        @Override
        void printOrphans(List<ServicePlan> plans, PrintWriter out) {
            plans.forEach(plan -> printOne(plan, out));
            if (plans.isEmpty()) {
                out.println("no orphans");
            }
        }
    },
    json {
        @Override
        void print(List<ServicePlan> plans, PrintWriter out) {
            out.println(PlanJson.of(plans));
        }

        @Override
        void printOrphans(List<ServicePlan> plans, PrintWriter out) {
            print(plans, out);
        }
    };

    abstract void print(List<ServicePlan> plans, PrintWriter out);

    /** What removing each orphan takes. */
    abstract void printOrphans(List<ServicePlan> plans, PrintWriter out);

    private static void printOne(ServicePlan plan, PrintWriter out) {
        out.println(plan.service() + ": " + headline(plan));
        plan.notices().forEach(notice -> out.println("! " + notice.reason() + ": " + notice.message()));
        if (!plan.plan().isEmpty()) {
            out.print(plan.plan());
        }
        out.println();
    }

    private static String headline(ServicePlan plan) {
        String result = plan.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (plan.result()) {
            case CHANGES -> {
                int steps = plan.plan().steps().size();
                yield (steps == 1 ? "1 change" : steps + " changes")
                        + switch (plan.duty()) {
                            case RELEASE ->
                                plan.remark().isEmpty() ? ", the Service is released" : ", " + plan.remark();
                            case ENSURE, NONE -> "";
                        };
            }
            case NOTHING_TO_DO, NOT_SERVED, WAITING, REJECTED, FAILED ->
                plan.remark().isEmpty() ? result : result + ": " + plan.remark();
        };
    }

    private static String summary(List<ServicePlan> plans) {
        long changes = plans.stream()
                .filter(plan -> plan.result() == ServicePlan.Result.CHANGES)
                .count();
        long errors = plans.stream().filter(plan -> plan.result().error()).count();
        return plans.size() + " Services: " + changes + " with changes, " + errors + " with errors, "
                + (plans.size() - changes - errors) + " with nothing to do";
    }
}
