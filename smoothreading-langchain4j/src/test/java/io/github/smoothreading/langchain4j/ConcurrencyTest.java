package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Metadata;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 32 calls at once through one augmentor and one reader come to the same as one call at a time. */
class ConcurrencyTest {
  private static final int CALLS = 32;

  /** In fp32 the same again and again, and exactly; else each call its own document. */
  private static int distinct(Compute compute) {
    return compute == Compute.FP32 ? 4 : CALLS;
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "AUTO"})
  void callsAtOnceAnswerAsCallsInTurn(Compute compute) throws Exception {
    BackendOptions backend = BackendOptions.builder().compute(compute).build();
    List<HeldBack> questions = HeldBack.of(2).subList(0, distinct(compute));
    try (SmoothReader reader = SmoothReader.builder().backend(backend).build()) {
      DefaultRetrievalAugmentor augmentor = augmentor(reader, questions);
      List<String> inTurn = new ArrayList<>();
      for (HeldBack one : questions) {
        inTurn.add(call(augmentor, one));
      }
      assertThat(inTurn).anyMatch(found -> !found.isEmpty());

      List<String> atOnce = allAtOnce(augmentor, questions);

      int different = 0;
      for (int i = 0; i < CALLS; i++) {
        String expected = inTurn.get(i % inTurn.size());
        if (!atOnce.get(i).equals(expected)) {
          different++;
          System.out.printf("in turn: %s%nat once: %s%n", expected, atOnce.get(i));
        }
      }
      System.out.printf("%s: %d of %d calls differ%n", compute, different, CALLS);
      // Of the fast variants, 99 of 100 have to agree, as with drafts; fp32 is exact.
      assertThat(different).isLessThanOrEqualTo(compute == Compute.FP32 ? 0 : 1);
    }
  }

  /**
   * One augmentor for all calls: the hit for a question leads to its document, which is then read.
   */
  private static DefaultRetrievalAugmentor augmentor(
      SmoothReader reader, List<HeldBack> questions) {
    return DefaultRetrievalAugmentor.builder()
        .contentRetriever(
            query ->
                questions.stream()
                    .filter(one -> one.question().equals(query.text()))
                    .map(one -> Content.from(one.document().toTextSegment()))
                    .toList())
        .contentAggregator(
            SmoothReadingContentAggregator.builder()
                .reader(reader)
                .parentResolver(
                    ParentResolver.among(questions.stream().map(HeldBack::document).toList()))
                .build())
        .build();
  }

  private static List<String> allAtOnce(
      DefaultRetrievalAugmentor augmentor, List<HeldBack> questions) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    CyclicBarrier barrier = new CyclicBarrier(CALLS);
    try {
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        int which = i % questions.size();
        calls.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return call(augmentor, questions.get(which));
                }));
      }
      List<String> found = new ArrayList<>();
      for (Future<String> call : calls) {
        found.add(call.get());
      }
      return found;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Texts and metadata of what was found; the metadata hold answer, places and coverage. */
  private static String call(DefaultRetrievalAugmentor augmentor, HeldBack one) {
    UserMessage message = UserMessage.from(one.question());
    List<Content> contents =
        augmentor
            .augment(new AugmentationRequest(message, Metadata.from(message, "1", List.of())))
            .contents();
    StringBuilder found = new StringBuilder();
    contents.forEach(
        content ->
            found
                .append(content.textSegment().text())
                .append(new TreeMap<>(content.textSegment().metadata().toMap())));
    return found.toString();
  }
}
