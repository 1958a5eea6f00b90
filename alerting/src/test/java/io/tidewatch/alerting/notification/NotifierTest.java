package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.alerting.notification.TimeInterval.Range;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifierTest {
    private static final Routes TEAM = Routes.to("team").every(30, 300, 1_000);

    @Test
    void aGroupWaitsBeforeItsFirstNotification() {
        Story story = new Story();
        story.fire(0, "a");
        story.fire(29, "b");
        assertThat(story.until(29)).isEmpty();
        assertThat(story.until(30)).containsExactly("30 first team[0]: +a +b");
    }

    @Test
    void timeMayGoToItsEnd() {
        Story story = new Story();
        story.notifier.advance(story.notifier.nextDue(), delivery -> {});
        assertThat(story.notifier.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void alertsThatComeLaterWaitForTheGroupInterval() {
        Story story = new Story();
        story.fire(0, "a");
        assertThat(story.until(40)).containsExactly("30 first team[0]: +a");
        story.fire(41, "b");
        assertThat(story.until(329)).isEmpty();
        assertThat(story.until(330)).containsExactly("330 new_alerts team[0]: +a +b");
    }

    @Test
    void whatIsOverIsToldAndForgotten() {
        Story story = new Story();
        story.fire(0, "a");
        story.fire(0, "b");
        story.until(30);
        story.resolve(100, "a");
        assertThat(story.until(330)).containsExactly("330 some_resolved team[0]: -a +b");
        story.resolve(400, "b");
        assertThat(story.until(630)).containsExactly("630 all_resolved team[0]: -b");
        assertThat(story.notifier.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAlertThatWasOverBeforeTheGroupSpokeIsNeverToldOf() {
        Story story = new Story();
        story.fire(0, "a");
        story.resolve(10, "a");
        assertThat(story.until(5_000)).isEmpty();
        assertThat(story.reason("a")).startsWith("unchanged");
        assertThat(story.notifier.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void repeatsAtTheFirstGroupIntervalFromTheRepeatIntervalOn() {
        Story story = new Story();
        story.fire(0, "a");
        assertThat(story.until(2_500))
                .containsExactly(
                        "30 first team[0]: +a",
                        "1230 repeat team[0]: +a",
                        "2430 repeat team[0]: +a");
    }

    @Test
    void aGroupWaitOfNothingTellsAtOnce() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 1_000)));
        story.fire(5, "a");
        story.fire(5, "b");
        assertThat(story.until(5)).containsExactly("5 first team[0]: +a +b");
    }

    @Test
    void anAlertThatFiredLongAgoNeedNotWait() {
        Story story = new Story();
        story.update(100, Kind.STATE, "a", AlertState.PENDING, AlertState.FIRING, 69, null);
        assertThat(story.until(100)).containsExactly("100 first team[0]: +a");
        Story other = new Story();
        other.update(100, Kind.STATE, "a", AlertState.PENDING, AlertState.FIRING, 70, null);
        assertThat(other.until(130)).containsExactly("130 first team[0]: +a");
    }

    @Test
    void groupsAreMadeByTheLabelsOfGroupBy() {
        Story story = new Story(Story.spec(Routes.to("team").by("x").every(0, 300, 1_000)));
        story.fire(0, "a/x=1/y=1");
        story.fire(0, "a/x=1/y=2");
        story.fire(0, "a/x=2");
        story.fire(0, "a");
        assertThat(story.until(0))
                .containsExactly(
                        "0 first team[0]: +a/x=1/y=1 +a/x=1/y=2",
                        "0 first team[0]: +a/x=2",
                        "0 first team[0]: +a");
        Delivery first = story.all.get(0);
        assertThat(first.groupKey()).isEqualTo("{}:{x=\"1\"}");
        assertThat(first.groupLabels()).isEqualTo(Map.of("x", "1"));
        assertThat(first.commonLabels()).isEqualTo(Map.of("alertname", "a", "x", "1"));
        assertThat(first.commonAnnotations()).isEmpty();
        assertThat(first.status()).isEqualTo("firing");
    }

    @Test
    void aLabelWithoutAValueIsNone() {
        Story story = new Story(Story.spec(Routes.to("team").by("x").every(0, 300, 1_000)));
        story.fire(0, "a/x=");
        story.fire(0, "a/y=1");
        assertThat(story.until(0)).containsExactly("0 first team[0]: +a/x= +a/y=1");
        assertThat(story.all.get(0).groupKey()).isEqualTo("{}:{}");
    }

    @Test
    void everyRouteThatAnAlertTakesTellsItsReceiver() {
        Story story = new Story(Story.spec(Routes.to("team")
                .every(0, 300, 1_000)
                .then(
                        Routes.to("other").on("x=1").passingOn(),
                        Routes.to("team").on("y=1"))));
        story.fire(0, "a/x=1/y=1");
        assertThat(story.until(0))
                .containsExactly("0 first other[0]: +a/x=1/y=1", "0 first team[0]: +a/x=1/y=1");
    }

    @Test
    void aSilencedAlertIsNotToldUntilTheSilenceEnds() {
        Story story = new Story();
        story.silence(0, "s", "alertname=a", 0, 700);
        story.fire(0, "a");
        assertThat(story.until(30)).isEmpty();
        assertThat(story.reason("a")).isEqualTo("silenced by silence s");
        assertThat(story.until(1_000)).containsExactly("930 first team[0]: +a");
    }

    @Test
    void aSilenceEndsBeforeItsEndAndBeginsAtItsStart() {
        Silence silence = new Silence("s", Routes.matchers("a=b"), 10, 20, "", "");
        assertThat(silence.state(9)).isEqualTo(Silence.State.PENDING);
        assertThat(silence.state(10)).isEqualTo(Silence.State.ACTIVE);
        assertThat(silence.state(19)).isEqualTo(Silence.State.ACTIVE);
        assertThat(silence.state(20)).isEqualTo(Silence.State.EXPIRED);
    }

    @Test
    void aSilenceMustNotSilenceEverything() {
        assertThatThrownBy(() -> new Silence("s", Routes.matchers("a=~\".*\",b!=c"), 0, 1, "", ""))
                .hasMessageContaining("at least one that does not match the empty text");
        assertThatThrownBy(() -> new Silence("s", Routes.matchers("a=b"), 1, 1, "", ""))
                .hasMessageContaining("endsAt: 1 (expected: > startsAt, 1)");
    }

    @Test
    void anExpiredSilenceMutesNothing() {
        Story story = new Story();
        story.silence(0, "s", "alertname=a", 0, 10_000);
        story.fire(0, "a");
        story.until(30);
        story.expire(31, "s");
        assertThat(story.until(330)).containsExactly("330 first team[0]: +a");
    }

    @Test
    void anAlertThatEndsWhileSilencedIsForgottenWithoutAWord() {
        Story story = new Story();
        story.fire(0, "a");
        story.until(30);
        story.silence(100, "s", "alertname=a", 100, 400);
        story.resolve(200, "a");
        assertThat(story.until(5_000)).isEmpty();
    }

    @Test
    void aFiringSourceInhibitsItsTargets() {
        InhibitRule rule = new InhibitRule(
                Routes.matchers("severity=critical"),
                Routes.matchers("severity=warning"),
                List.of("x"));
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 1_000), rule));
        story.fire(0, "s/severity=critical/x=1");
        story.fire(0, "t/severity=warning/x=1");
        story.fire(0, "t/severity=warning/x=2");
        story.fire(0, "t/severity=warning");
        assertThat(story.until(0))
                .containsExactly("0 first team[0]: +s/severity=critical/x=1 +t/severity=warning"
                        + " +t/severity=warning/x=2");
        assertThat(story.reason("t/severity=warning/x=1"))
                .isEqualTo("inhibited by alert s/severity=critical/x=1");
        story.resolve(1, "s/severity=critical/x=1");
        assertThat(story.until(300))
                .containsExactly(
                        "300 new_alerts team[0]: -s/severity=critical/x=1 +t/severity=warning"
                                + " +t/severity=warning/x=1 +t/severity=warning/x=2");
    }

    @Test
    void missingLabelsAreEqualToEmptyOnesAndAnAlertDoesNotInhibitItself() {
        InhibitRule rule =
                new InhibitRule(Routes.matchers("s=1"), Routes.matchers("t=1"), List.of("x"));
        Inhibitions inhibitions = new Inhibitions(List.of(rule));
        inhibitions.put("both", Map.of("s", "1", "t", "1"), true);
        assertThat(inhibitions.inhibitors(Map.of("s", "1", "t", "1"))).isEmpty();
        assertThat(inhibitions.inhibitors(Map.of("t", "1"))).containsExactly("both");
        assertThat(inhibitions.inhibitors(Map.of("t", "1", "x", ""))).containsExactly("both");
        inhibitions.put("source", Map.of("s", "1"), true);
        assertThat(inhibitions.inhibitors(Map.of("s", "1", "t", "1"))).containsExactly("source");
        inhibitions.put("source", Map.of("s", "1"), false);
        inhibitions.put("both", Map.of("s", "1", "t", "1"), false);
        assertThat(inhibitions.inhibitors(Map.of("t", "1"))).isEmpty();
    }

    @Test
    void aRouteIsMutedWithinAndOutsideOfTimes() {
        Range first = new Range(0, 1);
        TimeInterval minute = new TimeInterval(
                List.of(first), List.of(), List.of(), List.of(), List.of(), ZoneOffset.UTC);
        Map<String, List<TimeInterval>> times = Map.of("minute", List.of(minute));
        Story muted = new Story(Story.spec(
                Routes.to("team")
                        .every(0, 20_000, 90_000)
                        .then(Routes.to(null).on("x=1").mutedIn("minute")),
                times));
        muted.fire(0, "a/x=1");
        assertThat(muted.until(0)).isEmpty();
        assertThat(muted.reason("a/x=1")).isEqualTo("muted within minute");
        assertThat(muted.until(60_000)).containsExactly("60000 first team[0]: +a/x=1");
        Story active = new Story(Story.spec(
                Routes.to("team")
                        .every(0, 20_000, 90_000)
                        .then(Routes.to(null).on("x=1").activeIn("minute")),
                times));
        active.fire(60_000, "a/x=1");
        assertThat(active.until(120_000)).isEmpty();
        assertThat(active.reason("a/x=1")).isEqualTo("muted outside of minute");
        assertThat(active.until(86_400_000)).containsExactly("86400000 first team[0]: +a/x=1");
    }

    @Test
    void anAcknowledgedAlertIsNotRepeatedUntilItsStateChanges() {
        Story story = new Story();
        story.fire(0, "a");
        story.until(30);
        assertThat(story.acknowledge(31, "a")).isTrue();
        assertThat(story.until(3_000)).isEmpty();
        assertThat(story.reason("a")).isEqualTo("acknowledged by ann");
        story.fire(3_001, "b");
        assertThat(story.until(3_330)).containsExactly("3030 new_alerts team[0]: +a +b");
        assertThat(story.until(4_830)).containsExactly("4230 repeat team[0]: +a +b");
        story.resolve(4_900, "b");
        assertThat(story.until(5_130)).containsExactly("5130 some_resolved team[0]: +a -b");
        story.resolve(5_200, "a");
        assertThat(story.until(5_430)).containsExactly("5430 all_resolved team[0]: -a");
        assertThat(story.acknowledge(5_500, "a")).isFalse();
        story.fire(6_000, "a");
        assertThat(story.until(7_300))
                .containsExactly("6030 new_alerts team[0]: +a", "7230 repeat team[0]: +a");
    }

    @Test
    void anIntegrationMayNotBeToldWhatIsOver() {
        Story story = new Story(Story.spec(Routes.to("mail").every(0, 300, 1_000)));
        story.fire(0, "a");
        story.fire(0, "b");
        story.until(0);
        story.resolve(1, "a");
        assertThat(story.until(300)).isEmpty();
        story.resolve(301, "b");
        assertThat(story.until(900)).isEmpty();
        assertThat(story.reason("b")).startsWith("end_not_sent");
        story.fire(901, "b");
        assertThat(story.until(1_000)).containsExactly("901 new_alerts mail[0]: +b");
    }

    @Test
    void eachIntegrationOfAReceiverHasItsOwnMemoryAndSize() {
        Story story = new Story(Story.spec(Routes.to("two").every(0, 300, 1_000)));
        story.fire(0, "a");
        story.fire(0, "b");
        assertThat(story.until(0)).containsExactly("0 first two[0]: +a +b", "0 first two[1]: +a");
        assertThat(story.all.get(1).truncatedAlerts()).isEqualTo(1);
        assertThat(story.reasons("b")).contains("truncated");
        story.resolve(1, "a");
        assertThat(story.until(300)).containsExactly("300 some_resolved two[0]: -a +b");
    }

    @Test
    void aReceiverWithoutIntegrationsTellsNobody() {
        Story story = new Story(Story.spec(Routes.to("nobody").every(0, 300, 1_000)));
        story.fire(0, "a");
        assertThat(story.until(0)).isEmpty();
        assertThat(story.reason("a")).isEqualTo("no_integration nobody");
        story.resolve(1, "a");
        story.until(300);
        assertThat(story.notifier.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nothingElseIsToldWhileAnAnswerIsAwaited() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 1_000)));
        story.fire(0, "a");
        assertThat(story.unanswered(0)).hasSize(1);
        story.fire(1, "b");
        assertThat(story.unanswered(300)).isEmpty();
        assertThat(story.reason("b")).startsWith("awaiting " + story.all.get(0).id());
        story.answer(400, Outcome.UNKNOWN);
        assertThat(story.reason("a")).endsWith("says so").startsWith("unknown");
        assertThat(story.notifier.outstanding()).containsExactly(story.all.get(0));
        story.answer(500, Outcome.DELIVERED);
        assertThat(story.notifier.outstanding()).isEmpty();
        assertThat(story.unanswered(600)).containsExactly("600 new_alerts team[0]: +a +b");
    }

    @Test
    void whatWasRefusedIsToldAgainAndUnderAnotherId() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 1_000)));
        story.fire(0, "a");
        story.unanswered(0);
        story.answer(1, Outcome.REFUSED);
        assertThat(story.reason("a")).startsWith("refused");
        assertThat(story.unanswered(300)).containsExactly("300 first team[0]: +a");
        assertThat(story.all.get(0).id()).isNotEqualTo(story.all.get(1).id());
        story.resolve(301, "a");
        story.answer(302, Outcome.DELIVERED);
        assertThat(story.unanswered(600)).containsExactly("600 all_resolved team[0]: -a");
        story.answer(601, Outcome.GAVE_UP);
        assertThat(story.until(900)).containsExactly("900 all_resolved team[0]: -a");
    }

    @Test
    void aProvisionalIsToldOnceAndConfirmedWithoutAnotherNotification() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 100_000)));
        story.provisional(5, "a", 60);
        assertThat(story.until(5)).containsExactly("5 first team[0]: +a");
        assertThat(story.all.get(0).alerts().get(0).isProvisional()).isTrue();
        assertThat(story.all.get(0).alerts().get(0).startsAt()).isEqualTo(5);
        story.provisional(8, "a", 70);
        assertThat(story.reason("a")).startsWith("provisional");
        story.update(61, Kind.STATE, "a", AlertState.INACTIVE, AlertState.FIRING, 60, null);
        assertThat(story.reason("a")).startsWith("confirmed");
        story.provisional(65, "a", 80);
        assertThat(story.until(400_000))
                .containsExactly(
                        "100205 repeat team[0]: +a",
                        "200405 repeat team[0]: +a",
                        "300605 repeat team[0]: +a");
    }

    @Test
    void aProvisionalThatNothingConfirmsIsOverAfterTheResolveTimeout() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 1_000_000)));
        story.provisional(5, "a", 60);
        story.until(5);
        assertThat(story.until(400_000)).containsExactly("300305 all_resolved team[0]: -a");
        assertThat(story.reasons("a")).contains("unconfirmed");
    }

    @Test
    void aWithdrawnBeginningEndsTheAlertAndAWithdrawnEndGoesOn() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 100_000)));
        String begun = story.fire(0, "a");
        story.until(0);
        String over = story.resolve(10, "a");
        story.withdraw(20, "a", over);
        assertThat(story.until(300)).isEmpty();
        story.withdraw(310, "a", begun);
        assertThat(story.until(600)).containsExactly("600 all_resolved team[0]: -a");
        assertThat(story.reasons("a")).contains("withdrawn");
    }

    @Test
    void whatIsWithdrawnInTheOrderInWhichItWasSaidLeavesNothing() {
        Story story = new Story();
        String begun = story.fire(0, "a");
        String over = story.resolve(10, "a");
        story.withdraw(20, "a", begun);
        story.withdraw(20, "a", over);
        assertThat(story.until(5_000)).isEmpty();
    }

    @Test
    void shadowModeNeverNotifiesNorInhibits() {
        InhibitRule rule = new InhibitRule(
                Routes.matchers("alertname=a"), Routes.matchers("alertname=b"), List.of());
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 1_000), rule));
        story.fire(0, "b");
        story.shadow().fire(0, "a");
        assertThat(story.until(0)).containsExactly("0 first team[0]: +b");
        assertThat(story.reason("a")).startsWith("shadow");
    }

    @Test
    void oldNewsIsNotToldUnlessItStillFiresAfterCatchingUp() {
        Story story = new Story();
        story.historical(true).fire(5_000, "a");
        story.fire(5_000, "b");
        story.resolve(5_000, "b");
        assertThat(story.until(6_000)).isEmpty();
        assertThat(story.reason("a")).startsWith("historical");
        story.caughtUp(6_001);
        assertThat(story.until(6_001)).containsExactly("6001 first team[0]: +a");
        assertThat(story.reasons("b")).containsExactly("historical");
    }

    @Test
    void theEndOfWhatWasToldIsToldThoughItIsOldNews() {
        Story story = new Story();
        story.fire(0, "a");
        story.until(30);
        story.historical(true).resolve(100, "a");
        assertThat(story.until(330)).containsExactly("330 all_resolved team[0]: -a");
    }

    @Test
    void aRouteMayWantOldNews() {
        Story story =
                new Story(Story.spec(Routes.to("team").every(30, 300, 1_000).withHistorical(true)));
        story.historical(true).fire(0, "a");
        assertThat(story.until(30)).containsExactly("30 first team[0]: +a");
        assertThat(story.all.get(0).alerts().get(0).isHistorical()).isTrue();
    }

    @Test
    void aFlappingAlertIsToldOnceMoreAndThenHeldUntilItIsCalm() {
        NotificationSpec spec = withFlapping(Story.spec(Routes.to("team").every(0, 10, 100_000)));
        Story story = new Story(spec);
        story.fire(0, "a");
        assertThat(story.until(5)).containsExactly("0 first team[0]: +a");
        story.resolve(11, "a");
        assertThat(story.until(20)).containsExactly("20 all_resolved team[0]: -a");
        story.fire(21, "a");
        assertThat(story.until(25)).containsExactly("21 new_alerts team[0]: +a");
        assertThat(story.all.get(2).alerts().get(0).isFlapping()).isTrue();
        story.resolve(32, "a");
        assertThat(story.until(100)).isEmpty();
        assertThat(story.reason("a")).startsWith("flapping");
        assertThat(story.until(10_000)).containsExactly("2021 all_resolved team[0]: -a");
        assertThat(story.all.get(3).alerts().get(0).isFlapping()).isFalse();
    }

    private static NotificationSpec withFlapping(NotificationSpec spec) {
        return new NotificationSpec(
                spec.route(),
                spec.receivers(),
                spec.inhibitRules(),
                spec.timeIntervals(),
                new FlapPolicy(1_000, 2.5, 1),
                spec.resolveTimeoutMillis(),
                spec.limits());
    }

    @Test
    void theFlapScoreHalvesInEveryHalfLife() {
        FlapPolicy policy = new FlapPolicy(100, 2.5, 1);
        FlapScore score = FlapScore.CALM.change(policy, 0).change(policy, 100);
        assertThat(score.scoreAt(policy, 100)).isEqualTo(1.5);
        assertThat(score.isFlapping(policy, 100)).isFalse();
        score = score.change(policy, 100);
        assertThat(score.isFlapping(policy, 100)).isTrue();
        assertThat(score.isFlapping(policy, 232)).isTrue();
        assertThat(score.isFlapping(policy, 233)).isFalse();
        assertThat(score.scoreAt(policy, 0)).isEqualTo(2.5);
    }

    @Test
    void afterAPauseWhatIsDueDecidesOnceAndNow() {
        Story story = new Story();
        story.fire(0, "a");
        story.until(30);
        story.silence(40, "s", "alertname=b", 40, 1_000_000);
        story.fire(50, "b");
        story.notifier.resume(900_000);
        assertThat(story.until(900_000)).containsExactly("900000 repeat team[0]: +a");
    }

    @Test
    void anotherConfigurationRoutesAnewAndKnowsWhatWasTold() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 100_000)));
        story.fire(0, "a/x=1");
        story.fire(0, "a/x=2");
        story.until(0);
        story.restart(Story.spec(
                Routes.to("team").every(0, 300, 100_000).then(Routes.to("other").on("x=1"))));
        assertThat(story.until(100)).containsExactly("0 first other[0]: +a/x=1");
    }

    @Test
    void anEndThatWasNotToldIsToldByAnotherConfiguration() {
        Story story = new Story(Story.spec(Routes.to("team").every(0, 300, 100_000)));
        story.fire(0, "a");
        story.until(0);
        story.resolve(10, "a");
        story.restart(Story.spec(Routes.to("team").every(0, 200, 100_000)));
        assertThat(story.until(500)).containsExactly("10 all_resolved team[0]: -a");
    }

    @Test
    void textsOfPeopleHaveLimits() {
        String text = "x".repeat(Silence.TEXT_MAX + 1);
        assertThatThrownBy(() -> new Silence("s", Routes.matchers("a=b"), 0, 1, "", text))
                .hasMessageContaining("a text of more than 1000 characters");
        assertThatThrownBy(() -> new Acknowledgement("ann", text, 0))
                .hasMessageContaining("note of 1001");
    }

    @Test
    void theAlertAtHandIsNotTheOneThatIsForgotten() {
        NotificationLimits limits = new NotificationLimits(9, 0, 9, 9, 9, 9, 9, 9, 9, 64, 4_096);
        NotificationSpec spec = Story.spec(TEAM);
        Story story = new Story(new NotificationSpec(
                spec.route(),
                spec.receivers(),
                List.of(),
                Map.of(),
                FlapPolicy.OFF,
                1_000,
                limits));
        story.state(5, "b", AlertState.INACTIVE, AlertState.PENDING);
        story.fire(5, "a");
        assertThat(story.notifier.explain("b")).isNull();
        assertThat(story.until(35)).containsExactly("35 first team[0]: +a");
    }

    @Test
    void limitsLeaveOutAndSaySo() {
        NotificationLimits limits = new NotificationLimits(2, 1, 1, 1, 1, 1, 1, 3, 2, 64, 4_096);
        NotificationSpec spec = Story.spec(Routes.to("team").by("x").every(0, 300, 1_000));
        Story story = new Story(new NotificationSpec(
                spec.route(),
                spec.receivers(),
                List.of(),
                Map.of(),
                FlapPolicy.OFF,
                1_000,
                limits));
        story.fire(0, "a/x=1");
        story.fire(0, "b/x=1");
        assertThat(story.reason("b/x=1")).isEqualTo("limited groups or alerts in a group");
        story.fire(0, "c/x=2");
        assertThat(story.reason("c/x=2")).isEqualTo("limited alerts: 2");
        assertThat(story.until(0)).containsExactly("0 first team[0]: +a/x=1");
        assertThat(story.notifier.leftOut()).isEqualTo(new Notifier.LeftOut(1, 1, 0));
        story.silence(0, "s", "x=9", 0, 10);
        story.silence(1, "s", "x=8", 0, 10);
        assertThatThrownBy(() -> story.silence(2, "t", "x=9", 0, 10))
                .hasMessageContaining("silences: there are 1 (at most 1)");
        story.silence(10, "t", "x=9", 0, 20);
        assertThat(story.notifier.silences()).hasSize(1);
        assertThat(story.reasons("a/x=1")).hasSize(3);
    }

    @Test
    void sayAllThatMutes() {
        InhibitRule rule = new InhibitRule(
                Routes.matchers("alertname=a"), Routes.matchers("alertname=b"), List.of());
        Story story = new Story(Story.spec(TEAM, rule));
        story.silence(0, "s", "alertname=b", 0, 1_000);
        story.fire(0, "a");
        story.fire(0, "b");
        story.until(30);
        assertThat(story.reason("b")).isEqualTo("inhibited by alert a; also silenced by silence s");
        assertThat(story.reasons("a")).containsExactly("grouped", "decided", "delivered");
    }

    @Test
    void pendingAlertsAreExplained() {
        Story story = new Story();
        story.state(0, "a", AlertState.INACTIVE, AlertState.PENDING);
        story.state(1, "a", AlertState.PENDING, AlertState.INACTIVE);
        assertThat(story.until(1_000)).isEmpty();
        assertThat(story.reasons("a")).containsExactly("pending");
        assertThat(story.notifier.explain("unknown")).isNull();
    }
}
