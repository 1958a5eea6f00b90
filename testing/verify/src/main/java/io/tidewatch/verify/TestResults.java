package io.tidewatch.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The tests of one run, read from reports in the format that Surefire and JUnit's console launcher write.
 *
 * @param passed number of tests that passed
 * @param failed names of the tests that failed
 * @param skipped the tests that were skipped, with the reasons they gave
 */
record TestResults(int passed, List<String> failed, List<Skipped> skipped) {
    TestResults {
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /** A test that did not run, and why; the reason is empty if the test gave none. */
    record Skipped(String test, String reason) {}

    int total() {
        return passed + failed.size() + skipped.size();
    }

    String summary() {
        return summary(passed, failed.size(), skipped.size());
    }

    static String summary(int passed, int failed, int skipped) {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    /** Reads {@code target/FOLDER/TEST-*.xml} of every module below {@code root}. */
    static TestResults read(Path root, String folder) throws IOException {
        Reading reading = new Reading();
        try (Stream<Path> files = Files.walk(root, 5)) {
            List<Path> reports =
                    files.filter(file -> isReport(file, folder)).sorted().toList();
            for (Path report : reports) {
                reading.read(report);
            }
        }
        return new TestResults(reading.passed, reading.failed, reading.skipped);
    }

    private static boolean isReport(Path file, String folder) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-")
                && name.endsWith(".xml")
                && file.endsWith(Path.of("target", folder, name));
    }

    /** What has been read so far. */
    private static final class Reading {
        private final List<String> failed = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private int passed;

        private void read(Path report) throws IOException {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            try (InputStream bytes = Files.newInputStream(report)) {
                XMLStreamReader xml = factory.createXMLStreamReader(bytes);
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamConstants.START_ELEMENT
                            && xml.getLocalName().equals("testcase")) {
                        readTest(xml);
                    }
                }
            } catch (XMLStreamException e) {
                throw new IOException(report + " is not a test report: " + e.getMessage(), e);
            }
        }

        private void readTest(XMLStreamReader xml) throws XMLStreamException {
            String test = xml.getAttributeValue(null, "classname") + "."
                    + xml.getAttributeValue(null, "name");
            boolean ran = true;
            while (!(xml.next() == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("testcase"))) {
                if (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "failure", "error" -> {
                        ran = false;
                        failed.add(test);
                    }
                    case "skipped" -> {
                        ran = false;
                        skipped.add(new Skipped(test, reason(xml)));
                    }
                    default -> {}
                }
            }
            passed += ran ? 1 : 0;
        }

        /** The reason stands in an attribute (Surefire) or in the first line of the text (console launcher). */
        private static String reason(XMLStreamReader xml) throws XMLStreamException {
            String message = xml.getAttributeValue(null, "message");
            String text = message == null || message.isBlank() ? xml.getElementText() : message;
            return text.strip()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("^[\\w.]*TestAbortedException(: |$)", "")
                    .replaceFirst("(?i)^assumption (failed|is not met)(: |$)", "")
                    .replaceFirst("(?i)^assumption is not (true|false)$", "")
                    .strip();
        }
    }
}
