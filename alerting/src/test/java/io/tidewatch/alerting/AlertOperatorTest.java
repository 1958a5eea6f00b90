package io.tidewatch.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.alerting.TestAlert.Policy;
import io.tidewatch.alerting.TestRows.Row;
import io.tidewatch.kernel.aggregate.Exemplar;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertOperatorTest {
    private static Row row(String host, long end, boolean when) {
        return Row.of(host, end - 10, end, when);
    }

    @Test
    void firesAtTheFirstEvaluationAtWhichTheConditionHasHeldForLongEnough() {
        TestAlert alert =
                new TestAlert(TestAlert.WINDOWS, new Policy().waitsFor(15).build());

        assertThat(alert.at(10, row("a", 10, true))).containsExactly("a INACTIVE→PENDING 10 10");
        assertThat(alert.at(20, row("a", 20, true))).isEmpty();
        assertThat(alert.at(30, row("a", 30, true))).containsExactly("a PENDING→FIRING 10 30");
        assertThat(alert.at(40, row("a", 40, false))).containsExactly("a FIRING→RESOLVED 10 40");
        assertThat(alert.operator.knownKeys()).isZero();
    }

    @Test
    void aPendingAlertEndsWithoutHavingFired() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS, new Policy().waitsFor(15).keepsFiringFor(100).build());

        alert.at(10, row("a", 10, true));

        assertThat(alert.at(20, row("a", 20, false))).containsExactly("a PENDING→INACTIVE 10 20");
    }

    @Test
    void
            keepFiringForCountsFromTheFirstEvaluationWithoutTheConditionAndStartsAnewAfterEachWithIt() {
        TestAlert alert =
                new TestAlert(TestAlert.WINDOWS, new Policy().keepsFiringFor(20).build());

        alert.at(10, row("a", 10, true));
        assertThat(alert.at(20, row("a", 20, false))).isEmpty();
        assertThat(alert.at(30, row("a", 30, true))).isEmpty();
        assertThat(alert.at(40, row("a", 40, false))).isEmpty();
        assertThat(alert.at(50, row("a", 50, false))).isEmpty();
        assertThat(alert.at(60, row("a", 60, false))).containsExactly("a FIRING→RESOLVED 10 60");
    }

    @Test
    void aFiringAlertWaitsForItsOwnClear() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().clears().build());

        alert.at(10, row("a", 10, true));
        assertThat(alert.at(20, row("a", 20, false).withClear(false))).isEmpty();
        assertThat(alert.at(30, row("a", 30, true).withClear(true))).isEmpty();
        assertThat(alert.at(40, row("a", 40, false).withClear(true)))
                .containsExactly("a FIRING→RESOLVED 10 40");
        assertThat(alert.at(50, row("a", 50, false).withClear(false))).isEmpty();
    }

    @Test
    void aRowThatHavingRemovedEndsTheCondition() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().clears().build());

        alert.at(10, row("a", 10, true));

        assertThat(alert.at(20, row("a", 20, true).withClear(false).as(Observation.HIDDEN)))
                .containsExactly("a FIRING→RESOLVED 10 20");
    }

    @Test
    void aRowThatFailedStopsStateAndTimers() {
        TestAlert alert =
                new TestAlert(TestAlert.WINDOWS, new Policy().waitsFor(10).build());

        alert.at(10, row("a", 10, true));
        assertThat(alert.at(20, row("a", 20, true).as(Observation.FAILED))).isEmpty();
        assertThat(alert.at(30, row("a", 30, true))).containsExactly("a PENDING→FIRING 10 30");
    }

    @Test
    void withoutARowTheConditionEndsAtTheNextWindowEndUnlessToldOtherwise() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().build());

        alert.at(10, row("a", 10, true));

        assertThat(alert.advanceTo(19)).isEmpty();
        assertThat(alert.advanceTo(1_000_000)).containsExactly("a FIRING→RESOLVED 10 20");
        assertThat(alert.latest().provenance().cause()).isEqualTo(Cause.NO_ROW);
        assertThat(alert.latest().values()).isEmpty();
    }

    @Test
    void noDataKeepStopsStateAndTimersHoweverLongItLasts() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS, new Policy().waitsFor(20).noData(NoData.KEEP).build());

        alert.at(10, row("a", 10, true));
        alert.at(20, row("a", 20, true));
        assertThat(alert.advanceTo(900)).isEmpty();
        assertThat(alert.at(910, row("a", 910, true))).containsExactly("a PENDING→FIRING 10 910");
    }

    @Test
    void noDataAlertCountsAMissingRowOfAnActiveKeyAsTheConditionHolding() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS,
                new Policy().waitsFor(20).noData(NoData.ALERT).build());

        alert.at(10, row("a", 10, true));

        assertThat(alert.advanceTo(100)).containsExactly("a PENDING→FIRING 10 30");
        assertThat(alert.at(110, row("a", 110, false))).containsExactly("a FIRING→RESOLVED 10 110");
        assertThat(alert.advanceTo(200)).isEmpty();
    }

    @Test
    void noDataAlertAlertsOnKeysThatAreExpected() {
        Absence absence = new Absence(1_000, 2_000, true, List.of());
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS,
                new Policy().absent(absence).noData(NoData.ALERT).build());

        alert.at(10, row("a", 10, false));

        assertThat(alert.advanceTo(20)).containsExactly("a INACTIVE→FIRING 20 20");
    }

    @Test
    void inAWindowWithAnOverflowRowAKnownKeyWithoutARowStandsStill() {
        Absence absence = new Absence(30, 1_000, true, List.of());
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS, new Policy().waitsFor(10).absent(absence).build());

        alert.at(10, row("a", 10, true));
        for (long end = 20; end <= 60; end += 10) {
            List<String> news = alert.at(end, row("a", end, false).as(Observation.OVERFLOW));
            assertThat(news)
                    .isEqualTo(end == 20 ? List.of("limit INACTIVE→FIRING 20 20") : List.of());
        }
        assertThat(alert.at(70, row("a", 70, true)))
                .containsExactly("a PENDING→FIRING 10 70", "limit FIRING→RESOLVED 20 70");
        assertThat(alert.advanceTo(90)).containsExactly("a FIRING→RESOLVED 10 80");
        assertThat(alert.advanceTo(100)).containsExactly("a absence INACTIVE→FIRING 100 100");
    }

    @Test
    void aLearnedKeyIsAbsentWhenItsLastPaneIsLongEnoughAgoAndIsForgottenInTheEnd() {
        Absence absence = new Absence(30, 100, true, List.of());
        TestAlert alert = new TestAlert(
                TestAlert.windows(20, 0, 0), new Policy().absent(absence).build());

        alert.at(20, Row.of("a", 0, 20, false));
        alert.at(30, Row.of("a", 10, 30, false).withSeenUntil(20));
        assertThat(alert.advanceTo(49)).isEmpty();
        assertThat(alert.advanceTo(50)).containsExactly("a absence INACTIVE→FIRING 50 50");
        assertThat(alert.operator.knownKeys()).isOne();
        assertThat(alert.advanceTo(500)).containsExactly("a absence FIRING→RESOLVED 50 120");
        assertThat(alert.latest().provenance().cause()).isEqualTo(Cause.FORGOTTEN);
        assertThat(alert.operator.knownKeys()).isZero();
    }

    @Test
    void aListedKeyIsExpectedFromTheOriginAndNeverForgotten() {
        Absence absence = new Absence(30, 40, false, List.of(TestRows.keyOf("a")));
        TestAlert alert =
                new TestAlert(TestAlert.WINDOWS, new Policy().absent(absence).build());

        assertThat(alert.start(5)).isEmpty();
        assertThat(alert.at(10, row("b", 10, false))).isEmpty();
        assertThat(alert.advanceTo(1_000)).containsExactly("a absence INACTIVE→FIRING 40 40");
        assertThat(alert.at(1_010, row("a", 1_010, false)))
                .containsExactly("a absence FIRING→RESOLVED 40 1010");
        assertThat(alert.advanceTo(2_000)).containsExactly("a absence INACTIVE→FIRING 1040 1040");
    }

    @Test
    void withoutWindowsAKeyIsAbsentExactlyAfterItsLastRow() {
        Absence absence = new Absence(30, 1_000, true, List.of());
        TestAlert alert =
                new TestAlert(TestAlert.ROWS, new Policy().absent(absence).build());

        alert.at(7, Row.at("a", 7, false));
        assertThat(alert.advanceTo(36)).isEmpty();
        assertThat(alert.advanceTo(90)).containsExactly("a absence INACTIVE→FIRING 37 37");
        assertThat(alert.at(95, Row.at("a", 95, false)))
                .containsExactly("a absence FIRING→RESOLVED 37 95");
    }

    @Test
    void withoutWindowsTimersRingInTimeOrderWithTheRowsAndBeforeARowOfTheSameTime() {
        TestAlert alert = new TestAlert(
                TestAlert.ROWS, new Policy().waitsFor(10).keepsFiringFor(5).build());
        alert.operator.rows(
                TestRows.of(
                        Row.at("b", 1, true),
                        Row.at("a", 3, true),
                        Row.at("b", 12, false),
                        Row.at("a", 13, false)),
                alert.all::add);

        alert.advanceTo(100);

        assertThat(alert.all.stream()
                        .map(each ->
                                each.alert().key().get("host") + " " + each.to() + " " + each.at()))
                .containsExactly(
                        "b PENDING 1",
                        "a PENDING 3",
                        "b FIRING 11",
                        "a FIRING 13",
                        "b RESOLVED 17",
                        "a RESOLVED 18");
    }

    @Test
    void episodesThatBeginAtRowsOfTheSameTimeHaveIdsOfTheirOwn() {
        TestAlert alert = new TestAlert(TestAlert.ROWS, new Policy().build());

        alert.at(
                5,
                Row.at("a", 5, true),
                Row.at("a", 5, false).withOrdinal(1),
                Row.at("a", 5, true).withOrdinal(2));

        assertThat(alert.all).hasSize(3);
        assertThat(alert.all.stream().map(Transition::id)).doesNotHaveDuplicates();
    }

    @Test
    void severalRowsOfAKeyInOneWindowAreOneEvaluationAtWhichTheStrongestCounts() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().build());

        alert.at(10, row("a", 10, false), row("a", 10, true).withOrdinal(1));
        assertThat(alert.at(20, row("a", 20, true), row("a", 20, false).withOrdinal(1)))
                .isEmpty();

        assertThat(alert.all).hasSize(1);
    }

    @Test
    void sessionsAreEvaluatedWhenTheyEnd() {
        TestAlert alert =
                new TestAlert(TestAlert.SESSIONS, new Policy().waitsFor(50).build());

        alert.at(30, Row.of("a", 3, 30, true));

        assertThat(alert.advanceTo(79)).isEmpty();
        assertThat(alert.advanceTo(80)).containsExactly("a PENDING→FIRING 30 80");
        assertThat(alert.at(120, Row.of("a", 100, 120, false)))
                .containsExactly("a FIRING→RESOLVED 30 120");
    }

    @Test
    void aTransitionCarriesLabelsAnnotationsValuesAndProvenance() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS,
                new Policy()
                        .label("severity", "page")
                        .label("where", "{{ $labels.host | toUpper }}")
                        .annotation("summary", "load {{ $value }} on {{ $labels.host }}")
                        .annotation("runbook", "see the wiki")
                        .build());

        alert.at(10, row("a", 10, true).withLoad(97L));
        Transition fired = alert.latest();
        alert.advanceTo(20);
        Transition resolved = alert.latest();

        assertThat(fired.alert().labels())
                .isEqualTo(Map.of("host", "a", "severity", "page", "where", "A"));
        assertThat(fired.alert().key()).isEqualTo(Map.of("host", "a"));
        assertThat(fired.annotations())
                .isEqualTo(Map.of("summary", "load 97 on a", "runbook", "see the wiki"));
        assertThat(fired.values()).isEqualTo(Map.of("load", 97L));
        assertThat(fired.provenance())
                .isEqualTo(new Provenance(
                        0,
                        10,
                        0,
                        10,
                        Cause.ROW,
                        List.of(new PositionRange(0, 0, 10)),
                        List.of(new Exemplar(7, 0, 10))));
        assertThat(resolved.annotations()).containsEntry("summary", "load 97 on a");
        assertThat(resolved.alert()).isEqualTo(fired.alert());
    }

    @Test
    void aTransitionHasTheMarksOfTheRowWhoseValuesItShows() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().build());
        Marks estimate = new Marks(true, false);
        Marks part = new Marks(false, true);
        alert.at(10, row("a", 10, true).withMarks(estimate), row("b", 10, true));
        alert.at(20, row("a", 20, false).withMarks(part));
        alert.advanceTo(20);
        assertThat(alert.all.stream().map(Transition::marks))
                .containsExactly(estimate, Marks.NONE, part, Marks.NONE);
        assertThat(alert.all.stream().map(each -> each.values().isEmpty()))
                .containsExactly(false, false, false, true);
    }

    @Test
    void ofSeveralRowsOfAKeyTheOneThatCountsGivesTheMarks() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().build());
        alert.at(
                10,
                row("a", 10, false).withMarks(new Marks(true, true)),
                row("a", 10, true).withLoad(7L));
        assertThat(alert.latest().values()).isEqualTo(Map.of("load", 7L));
        assertThat(alert.latest().marks()).isEqualTo(Marks.NONE);
    }

    @Test
    void aRowThatCouldNotBeComputedHasNoMarks() {
        TestAlert alert = new TestAlert(
                TestAlert.windows(10, 40, 10),
                new Policy().onAmend(OnAmend.AMEND).build());
        Marks estimate = new Marks(true, false);
        alert.at(10, row("a", 10, true).withMarks(estimate));
        alert.advanceTo(10);
        alert.amended(1, 20, row("a", 10, true).as(Observation.FOLDED).withMarks(estimate));
        assertThat(alert.latest().kind()).isEqualTo(Transition.Kind.WITHDRAWN);
        assertThat(alert.latest().marks()).isEqualTo(Marks.NONE);
    }

    @Test
    void aKeyThatIsNullHasNoLabel() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS,
                new Policy().annotation("summary", "on '{{ $labels.host }}'").build());
        TestRows rows = TestRows.of(row("a", 10, true));
        alert.operator.rows(new NullKey(rows), alert.all::add);

        alert.operator.advanceTo(10, alert.all::add);

        assertThat(alert.latest().alert().labels()).isEmpty();
        assertThat(alert.latest().annotations()).isEqualTo(Map.of("summary", "on ''"));
    }

    @Test
    void annotationsThatReadValuesAreLeftOutWhereNoneIsKnown() {
        Absence absence = new Absence(30, 1_000, true, List.of());
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS,
                new Policy()
                        .absent(absence)
                        .annotation("summary", "load {{ $value }}")
                        .annotation("who", "{{ $labels.host }}")
                        .build());

        alert.at(10, row("a", 10, false));
        alert.advanceTo(40);

        assertThat(alert.latest().annotations()).isEqualTo(Map.of("who", "a"));
    }

    @Test
    void idsFollowFromWhatTransitionsAre() {
        TestAlert one = new TestAlert(TestAlert.WINDOWS, new Policy().build());
        TestAlert other = new TestAlert(
                TestAlert.WINDOWS,
                new Policy().label("severity", "page").clears().build());
        for (TestAlert alert : List.of(one, other)) {
            alert.at(10, row("a", 10, true), row("b", 10, true));
            alert.at(20, row("a", 20, false), row("b", 20, true));
            alert.at(30, row("a", 30, true), row("b", 30, true));
        }

        List<String> ids = one.all.stream().map(Transition::id).toList();

        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        assertThat(other.all.stream().map(Transition::id)).isEqualTo(ids);
        assertThat(one.all.stream().map(each -> each.alert().fingerprint()).distinct())
                .hasSize(2);
    }

    @Test
    void aProvisionalIsEmittedOncePerWindowAndAtTheLatestWhenItCloses() {
        TestAlert alert =
                new TestAlert(TestAlert.windows(20, 0, 0), new Policy().early().build());
        Row open = Row.of("a", 0, 20, true);

        assertThat(alert.early(open, Row.of("a", -10, 10, false)))
                .containsExactly("provisional a INACTIVE→FIRING 20 20");
        assertThat(alert.early(open)).isEmpty();
        assertThat(alert.at(10, Row.of("a", -10, 10, true)))
                .containsExactly("provisional a INACTIVE→FIRING 10 10", "a INACTIVE→FIRING 10 10");
        assertThat(alert.at(20, open)).isEmpty();
        assertThat(alert.early(open)).isEmpty();
        assertThat(alert.at(30, Row.of("a", 10, 30, true)))
                .containsExactly("provisional a INACTIVE→FIRING 30 30");
    }

    @Test
    void anotherVersionOfThePolicyGoesOnWithWhatFires() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS, new Policy().waitsFor(10).noData(NoData.KEEP).build());
        alert.at(10, row("a", 10, true), row("b", 10, true));
        alert.at(20, row("a", 20, true));

        alert.operator.configure(
                TestAlert.spec(TestAlert.WINDOWS, new Policy().build()), alert.all::add);

        assertThat(alert.advanceTo(40))
                .containsExactly("a FIRING→RESOLVED 10 30", "b PENDING→INACTIVE 10 30");
    }

    @Test
    void aKeyBeyondTheLimitIsCountedAndRaisesTheLimitsOwnAlert() {
        TestAlert alert =
                new TestAlert(TestAlert.WINDOWS, new Policy().build(), new AlertLimits(0, 10, 10));

        assertThat(alert.at(10, row("a", 10, true))).containsExactly("limit INACTIVE→FIRING 10 10");
        assertThat(alert.operator.refusedKeys()).isOne();
        assertThat(alert.latest().alert().labels()).containsEntry("limit", "keys");
        assertThat(alert.advanceTo(100)).containsExactly("limit FIRING→RESOLVED 10 20");
    }

    @Test
    void aSnapshotKeepsTheLatestValuesForAnnotations() {
        TestAlert alert = new TestAlert(
                TestAlert.WINDOWS,
                new Policy().annotation("load", "{{ $value }}").build());
        alert.at(10, row("a", 10, true).withLoad(5L));
        int keyGroup = TestRows.keyOf("a").keyGroup();
        ByteWriter out = new ByteWriter(16);
        alert.operator.write(keyGroup, out);
        TestAlert same = new TestAlert(
                TestAlert.WINDOWS,
                new Policy().annotation("load", "{{ $value }}").build());
        same.operator.read(keyGroup, new ByteReader(out.copyBytes()));

        assertThat(same.advanceTo(20)).containsExactly("a FIRING→RESOLVED 10 20");
        assertThat(same.latest().annotations()).isEqualTo(Map.of("load", "5"));
    }

    @Test
    void bytesThatAreNoStateAreRefused() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().build());

        assertThatThrownBy(() -> alert.operator.read(0, new ByteReader(new byte[] {9, 0, 0})))
                .isInstanceOf(TidewatchException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void rowsOfATimeThatHasPassedAreRefused() {
        TestAlert alert = new TestAlert(TestAlert.WINDOWS, new Policy().build());
        alert.advanceTo(20);

        assertThatThrownBy(() -> alert.at(20, row("a", 20, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20");
    }

    @Test
    void absenceOfSessionsIsRefused() {
        AlertPolicy policy =
                new Policy().absent(new Absence(1, 2, true, List.of())).build();

        assertThatThrownBy(() -> TestAlert.spec(TestAlert.SESSIONS, policy))
                .hasMessageContaining("sessions");
    }

    /** The same rows with NULL in place of the key. */
    private static final class NullKey extends ForwardingRows {
        NullKey(AlertRows rows) {
            super(rows);
        }

        @Override
        public AlertKey key(int row) {
            return TestRows.keyOf(null);
        }
    }
}
