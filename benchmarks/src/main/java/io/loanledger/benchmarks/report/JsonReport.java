package io.loanledger.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report for machines: every figure of every round. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /** Writes it, making the folder when it is not there. */
    public static void write(BenchReport report, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text(report));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static String text(BenchReport report) {
        var all = new LinkedHashMap<String, Object>();
        all.put("conditions", report.conditions());
        all.put("measures", report.findings().stream().map(JsonReport::measure).toList());
        try {
            return JSON.writeValueAsString(all) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts and figures", impossible);
        }
    }

    private static Map<String, Object> measure(Finding finding) {
        var measure = new LinkedHashMap<String, Object>();
        measure.put("name", finding.name());
        switch (finding) {
            case Finding.Compared compared -> {
                goal(measure, compared.value(), compared.goal());
                measure.put("subject", series(compared.subject()));
                measure.put("floor", series(compared.floor()));
            }
            case Finding.Absolute absolute -> {
                goal(measure, absolute.subject().median(), absolute.goal());
                measure.put("subject", series(absolute.subject()));
            }
            case Finding.Stated stated -> measure.put("subject", series(stated.subject()));
            case Finding.Skipped skipped -> {
                measure.put("goal", skipped.goal().toString());
                measure.put("verdict", "skipped");
                measure.put("reason", skipped.reason());
            }
        }
        return measure;
    }

    private static void goal(Map<String, Object> measure, double value, Goal goal) {
        measure.put("value", value);
        measure.put("goal", goal.toString());
        measure.put("verdict", BenchReport.verdict(value, goal));
    }

    private static Map<String, Object> series(Series series) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("what", series.what());
        shown.put("unit", series.unit());
        shown.put("median", series.median());
        shown.put("rounds", List.copyOf(series.figures()));
        return shown;
    }
}
