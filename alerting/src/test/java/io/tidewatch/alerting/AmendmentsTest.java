package io.tidewatch.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.alerting.TestAlert.Policy;
import io.tidewatch.alerting.TestRows.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmendmentsTest {
    private static final AlertTiming LATE = TestAlert.windows(10, 40, 40);

    private static Row row(String host, long end, boolean when) {
        return Row.of(host, end - 10, end, when);
    }

    @Test
    void ignoreDoesNothing() {
        TestAlert alert =
                new TestAlert(LATE, new Policy().onAmend(OnAmend.IGNORE).build());

        alert.at(10, row("a", 10, true));
        alert.advanceTo(49);

        assertThat(alert.amended(1, 50, row("a", 10, false))).isEmpty();
    }

    @Test
    void annotateAttachesANoteWhereAConditionChanged() {
        TestAlert alert = new TestAlert(
                LATE,
                new Policy()
                        .onAmend(OnAmend.ANNOTATE)
                        .annotation("s", "{{ $value }}")
                        .build());

        alert.at(10, row("a", 10, true), row("b", 10, false));
        alert.at(20, row("a", 20, true));
        alert.at(30, row("a", 30, true));
        alert.at(40, row("a", 40, true));

        assertThat(alert.amended(
                        1,
                        50,
                        row("a", 10, true).withLoad(8L),
                        row("b", 10, true).withLoad(9L),
                        row("c", 10, false)))
                .containsExactly("note b INACTIVE→INACTIVE 10 10");
        assertThat(alert.latest().values()).isEqualTo(Map.of("load", 9L));
        assertThat(alert.latest().annotations()).isEqualTo(Map.of("s", "9"));
        assertThat(alert.latest().provenance().revision()).isOne();
        alert.at(50, row("a", 50, true));
        assertThat(alert.amended(1, 60, row("a", 20, false)))
                .containsExactly("note a FIRING→FIRING 10 20");
    }

    @Test
    void amendWithdrawsWhatNoLongerHoldsAndAddsWhatDoes() {
        TestAlert alert = new TestAlert(
                LATE, new Policy().waitsFor(10).onAmend(OnAmend.AMEND).build());

        alert.at(10, row("a", 10, true));
        assertThat(alert.at(20, row("a", 20, true).withLoad(2L)))
                .containsExactly("a PENDING→FIRING 10 20");
        String fired = alert.latest().id();
        alert.at(30, row("a", 30, true).withLoad(3L));
        alert.at(40, row("a", 40, true));

        assertThat(alert.amended(1, 50, row("a", 10, false)))
                .containsExactly(
                        "withdrawn a INACTIVE→PENDING 10 10",
                        "withdrawn a PENDING→FIRING 10 20",
                        "a INACTIVE→PENDING 20 20",
                        "a PENDING→FIRING 20 30");
        assertThat(alert.all.get(3).withdraws()).isEqualTo(fired);
        Transition added = alert.latest();
        assertThat(added.values()).isEqualTo(Map.of("load", 3L));
        assertThat(added.provenance().cause()).isEqualTo(Cause.AMENDMENT);
        assertThat(added.provenance().dueTime()).isEqualTo(50);
        assertThat(added.provenance().windowEnd()).isEqualTo(30);
        assertThat(alert.at(50, row("a", 50, false))).containsExactly("a FIRING→RESOLVED 20 50");
    }

    @Test
    void amendOfAKeyThatWasNeverSeenMakesItsLifeCycle() {
        TestAlert alert =
                new TestAlert(LATE, new Policy().onAmend(OnAmend.AMEND).build());
        alert.advanceTo(45);

        assertThat(alert.amended(1, 50, row("a", 10, true)))
                .containsExactly("a INACTIVE→FIRING 10 10", "a FIRING→RESOLVED 10 20");
    }

    @Test
    void anAmendmentThatChangesNothingEmitsNothing() {
        TestAlert alert =
                new TestAlert(LATE, new Policy().onAmend(OnAmend.AMEND).build());

        alert.at(10, row("a", 10, true));
        alert.advanceTo(49);

        assertThat(alert.amended(1, 50, row("a", 10, true).withLoad(99L), row("a", 10, true)))
                .isEmpty();
    }

    @Test
    void aStepThatIsTakenAgainAfterItWasWithdrawnHasAnIdOfItsOwn() {
        TestAlert alert =
                new TestAlert(LATE, new Policy().onAmend(OnAmend.AMEND).build());

        alert.at(10, row("a", 10, true));
        alert.at(20, row("a", 20, false));
        alert.at(30, row("a", 30, true));
        alert.at(40, row("a", 40, true));
        alert.at(50, row("a", 50, true));
        assertThat(alert.amended(1, 60, row("a", 20, true)))
                .containsExactly(
                        "withdrawn a FIRING→RESOLVED 10 20", "withdrawn a INACTIVE→FIRING 30 30");
        assertThat(alert.at(60, row("a", 60, false))).containsExactly("a FIRING→RESOLVED 10 60");

        assertThat(alert.all.stream().map(Transition::id)).doesNotHaveDuplicates();
    }

    @Test
    void beyondTheLimitOnKeptEvaluationsAmendmentsAreNotes() {
        TestAlert alert = new TestAlert(
                LATE, new Policy().onAmend(OnAmend.AMEND).build(), new AlertLimits(10, 0, 10));

        alert.at(10, row("a", 10, true));
        alert.advanceTo(49);

        assertThat(alert.operator.unkeptEvaluations()).isOne();
        assertThat(alert.amended(1, 50, row("a", 10, true)))
                .containsExactly("note a INACTIVE→INACTIVE 10 10");
    }

    @Test
    void amendmentsHaveNoConsequencesForAbsence() {
        Absence absence = new Absence(30, 1_000, true, List.of());
        TestAlert alert = new TestAlert(
                LATE, new Policy().onAmend(OnAmend.AMEND).absent(absence).build());

        alert.at(10, row("a", 10, false));
        alert.advanceTo(39);
        assertThat(alert.advanceTo(59)).containsExactly("a absence INACTIVE→FIRING 40 40");

        assertThat(alert.amended(1, 60, row("a", 20, false))).isEmpty();
    }
}
