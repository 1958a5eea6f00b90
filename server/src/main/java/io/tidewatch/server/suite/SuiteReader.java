package io.tidewatch.server.suite;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.config.FileName;
import io.tidewatch.server.config.Setting;
import io.tidewatch.server.suite.Suite.Case;
import io.tidewatch.server.suite.Suite.Input;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlDocument;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads files of unit tests, together with the configuration that they test. */
public final class SuiteReader {
    private final ConfigurationReader configurations;

    public SuiteReader(ConfigurationReader configurations) {
        this.configurations = configurations;
    }

    /**
     * The tests of a file and the configuration that it names.
     *
     * @throws TidewatchException with every problem of the file, or of the configuration
     */
    public Loaded read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return parse(
                file.toString(),
                folder == null ? Path.of("") : folder,
                ConfigurationReader.bytesOf(file));
    }

    private Loaded parse(String file, Path folder, byte[] bytes) {
        Problems problems = new Problems();
        Optional<YamlMap> map = YamlDocument.parse(file, bytes, problems).flatMap(YamlNode::map);
        Optional<Path> config = map.flatMap(known -> known.require("config"))
                .flatMap(node ->
                        node.string().flatMap(name -> FileName.read(Setting.of(name), node)));
        if (map.isEmpty() || config.isEmpty()) {
            throw problems.toException();
        }
        Path path = folder.resolve(config.get());
        Configuration configuration = configurations.read(path);
        Suite suite = suite(file, path, map.get(), configuration);
        problems.check();
        return new Loaded(suite, configuration);
    }

    private static Suite suite(String file, Path config, YamlMap map, Configuration configuration) {
        OptionalLong start = map.find("start")
                .map(node -> Moment.ABSOLUTE.read(node))
                .orElse(OptionalLong.empty());
        Moment moment = Moment.since(start);
        List<Case> cases = new ArrayList<>();
        map.require("tests").map(YamlNode::list).orElse(List.of()).forEach(node -> one(
                        node, moment, configuration)
                .ifPresent(cases::add));
        map.refuseUnknown();
        return new Suite(file, config, cases);
    }

    private static Optional<Case> one(YamlNode node, Moment suite, Configuration configuration) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Place place = map.place();
        Optional<String> name = map.require("name").flatMap(YamlNode::string);
        Moment moment =
                map.find("start").map(Moment.ABSOLUTE::read).map(Moment::since).orElse(suite);
        List<Input> inputs = new ArrayList<>();
        map.require("input")
                .flatMap(YamlNode::map)
                .ifPresent(streams -> streams.forEach(
                        (stream, value) -> input(streams, stream, value, moment, configuration)
                                .ifPresent(inputs::add)));
        OptionalLong until = map.find("until").map(moment::read).orElse(OptionalLong.empty());
        ExpectationReader expectations = new ExpectationReader(configuration, moment);
        map.require("expect").flatMap(YamlNode::map).ifPresent(expectations::read);
        map.refuseUnknown();
        return name.map(known -> new Case(
                known,
                place,
                inputs,
                until,
                expectations.results(),
                expectations.alerts(),
                expectations.noAlerts(),
                expectations.states()));
    }

    private static Optional<Input> input(
            YamlMap streams,
            String stream,
            YamlNode value,
            Moment moment,
            Configuration configuration) {
        var config = configuration.stream(stream);
        if (config.isEmpty()) {
            List<String> names =
                    configuration.streams().stream().map(s -> s.name()).toList();
            streams.problem(
                    stream, "no stream of the configuration" + Suggestion.hint(stream, names));
            return Optional.empty();
        }
        return new InputReader(config.get(), moment).read(streams.placeOf(stream), value);
    }

    /** Tests and what they test. */
    public record Loaded(Suite suite, Configuration configuration) {}
}
