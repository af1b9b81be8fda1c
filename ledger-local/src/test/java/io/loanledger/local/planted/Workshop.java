package io.loanledger.local.planted;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Plants a fault in a copy of one source file, compiles that copy alone, and runs tests with it in front of the module's own
 * classes. The sources and the modules' classes are never touched.
 */
final class Workshop {
    private static final long MOST_MINUTES = 4;

    /** A fault that the naive model sees at all it sees soon; without a fault all of them are played. */
    private static final int HISTORIES_OF_THE_MODEL = 2_000;

    private final Path root;
    private final Path bench;

    /**
     * @param root the folder of the parent POM; the modules below are compiled, with {@code target/test.classpath} written
     * @param bench a folder for copies and results
     */
    Workshop(Path root, Path bench) {
        this.root = root;
        this.bench = bench;
    }

    /** What a run of tests gave; {@code ended} is false for one that hung and was stopped, which is a failure too. */
    record Result(boolean ended, long passed, long failed, String firstFailure) {
        boolean failedSomewhere() {
            return !ended || failed > 0;
        }
    }

    /** Runs tests on the classes as they are. */
    Result run(String name, String testModule, List<String> tests) throws IOException, InterruptedException {
        return run(Files.createDirectories(bench.resolve(name)), List.of(), testModule, tests);
    }

    /** Runs a fault's tests on classes that contain it. */
    Result run(String name, PlantedBug bug) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(bench.resolve(name));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(bug, plant(bug, folder), classes);
        return run(folder, List.of(classes), bug.testModule(), bug.tests());
    }

    /** Where the text of a fault stands, which is one place. */
    static int placeOf(PlantedBug bug, String source) {
        int at = source.indexOf(bug.right());
        if (at < 0 || source.indexOf(bug.right(), at + 1) >= 0) {
            throw new IllegalStateException(
                    "the text to change must stand exactly once in " + bug.source() + ": " + bug.right());
        }
        return at;
    }

    static Path sourceOf(PlantedBug bug, Path root) {
        return root.resolve(bug.module())
                .resolve("src/main/java")
                .resolve(bug.source().replace('.', '/') + ".java");
    }

    private Path plant(PlantedBug bug, Path folder) throws IOException {
        String path = bug.source().replace('.', '/') + ".java";
        String text = Files.readString(sourceOf(bug, root));
        int at = placeOf(bug, text);
        Path copy = folder.resolve("source").resolve(path);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        return Files.writeString(
                copy,
                text.substring(0, at)
                        + bug.wrong()
                        + text.substring(at + bug.right().length()));
    }

    private void compile(PlantedBug bug, Path copy, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            String classPath = String.join(File.pathSeparator, classPath(bug.module()));
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "--release",
                                    "21",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    classPath),
                            null,
                            files.getJavaFileObjects(copy))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("'" + bug.title() + "' does not compile: " + messages);
            }
        }
    }

    private Result run(Path folder, List<Path> ahead, String testModule, List<String> tests)
            throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>();
        ahead.forEach(path -> classPath.add(path.toString()));
        classPath.add(root.resolve(testModule).resolve("target/test-classes").toString());
        classPath.addAll(classPath(testModule));
        // This class and the launcher.
        classPath.add(System.getProperty("java.class.path"));
        Path result = folder.resolve("result.txt");
        Files.deleteIfExists(result);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.loanledger",
                "-Dbasedir=" + root.resolve(testModule),
                "-Dmodel.histories=" + HISTORIES_OF_THE_MODEL,
                "-cp",
                String.join(File.pathSeparator, classPath),
                TestRun.class.getName(),
                result.toString()));
        command.addAll(tests);
        Process process = new ProcessBuilder(command)
                .directory(root.resolve(testModule).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                return new Result(false, 0, 0, "no end after " + MOST_MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        if (!Files.exists(result)) {
            return new Result(false, 0, 0, "the tests' process ended with " + process.exitValue());
        }
        List<String> lines = Files.readAllLines(result);
        return new Result(true, Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), lines.get(2));
    }

    /** A module's classes and everything it needs in its tests, as the build wrote it down. */
    private List<String> classPath(String module) throws IOException {
        Path target = root.resolve(module).resolve("target");
        List<String> all = new ArrayList<>();
        all.add(target.resolve("classes").toString());
        all.addAll(List.of(
                Files.readString(target.resolve("test.classpath")).strip().split(File.pathSeparator)));
        return all;
    }
}
