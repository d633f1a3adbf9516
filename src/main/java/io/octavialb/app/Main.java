package io.octavialb.app;

/** Entry of the {@code octavia-lb} program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("octavia-lb");
    }
}
