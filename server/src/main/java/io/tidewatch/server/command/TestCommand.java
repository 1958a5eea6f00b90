package io.tidewatch.server.command;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.assembly.SuiteRun;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.suite.Report;
import io.tidewatch.server.suite.SuiteReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch test}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs unit tests of monitors.",
        footer = {"", "Example: tidewatch test --output junit shop.test.yaml > report.xml"})
final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of tests.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "text|junit",
            description = "The form of the report (default: text).")
    private Form output = Form.text;

    @Option(names = "--only", paramLabel = "NAME", description = "Run the test of that name alone.")
    private List<String> only = new ArrayList<>();

    /** The forms of a report, named as on the command line. */
    enum Form {
        text,
        junit
    }

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SuiteReader reader = new SuiteReader(new ConfigurationReader(terminal.environment()));
        Report report = new Report();
        for (Path file : files) {
            SuiteRun run = SuiteRun.of(reader.read(file), terminal.clock());
            terminal.warn(run.warnings());
            run.each(
                    test -> only.isEmpty() || only.contains(test.name()),
                    outcome -> report.add(file.toString(), outcome));
        }
        if (report.count() == 0) {
            throw new TidewatchException(ErrorCode.ARGUMENT_INVALID, "there is no test to run");
        }
        terminal.out()
                .print(
                        switch (output) {
                            case text -> report.text();
                            case junit -> report.junit();
                        });
        return report.passed() ? 0 : 1;
    }
}
