package io.octavialb.netns;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.netns.VrrpBenchmark.Subject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every figure that was measured, one JSON object a line; times in milliseconds. */
final class RawSamples implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;
    private final Writer lines;

    RawSamples(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        lines = Files.newBufferedWriter(file);
    }

    Path file() {
        return file;
    }

    void add(OutageTrial.Result result) throws IOException {
        Fault.Outcome outcome = result.outcome();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("subject", result.subject().name());
        fields.put("interval", result.interval());
        fields.put("fault", outcome.fault().toString());
        fields.put("phase", outcome.phase());
        fields.put("actualPhase", outcome.actualPhase());
        fields.put("outage", outcome.outage() / 1e6);
        fields.put("least", outcome.least() / 1e6);
        fields.put("sent", outcome.sent());
        fields.put("lost", outcome.lost());
        fields.put(
                "gaps",
                outcome.gaps().stream()
                        .map(gap -> new double[] {gap.from() / 1e6, gap.to() / 1e6})
                        .toList());
        write(fields);
    }

    void add(String measure, Subject subject, double[] values) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("subject", subject.name());
        fields.put(measure, values);
        write(fields);
    }

    private synchronized void write(Map<String, Object> fields) throws IOException {
        lines.write(JSON.writeValueAsString(fields) + "\n");
        lines.flush();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
