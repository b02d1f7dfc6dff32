package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 32 calls at once through one augmentor and one reader come to the same as one call at a time. */
class ConcurrencyTest {
  private static final int CALLS = 32;

  @Test
  void inFp32ExactlyTheSame() throws Exception {
    List<HeldBack> questions = HeldBack.of(2).subList(0, 4);
    try (SmoothReader reader = open(Compute.FP32)) {
      DefaultRetrievalAugmentor augmentor = augmentor(reader, questions);
      List<Metadata> inTurn = inTurn(augmentor, questions);
      assertThat(inTurn).anyMatch(found -> found.containsKey(SmoothReadingMetadata.ANSWER));

      List<Metadata> atOnce = atOnce(augmentor, questions);

      for (int i = 0; i < CALLS; i++) {
        assertThat(atOnce.get(i)).isEqualTo(inTurn.get(i % inTurn.size()));
      }
    }
  }

  /**
   * Passes that readings share round differently in the fast variants, so at a near tie a word may
   * turn. In 99 of 100 readings nothing does: of these 32, one may differ.
   */
  @Test
  void inTheFastVariantTheSameButForNearTies() throws Exception {
    List<HeldBack> questions = HeldBack.of(2);
    try (SmoothReader reader = open(Compute.AUTO)) {
      DefaultRetrievalAugmentor augmentor = augmentor(reader, questions);
      List<Metadata> inTurn = inTurn(augmentor, questions);

      List<Metadata> atOnce = atOnce(augmentor, questions);

      Set<Integer> otherClues = new TreeSet<>();
      Set<Integer> otherAnswer = new TreeSet<>();
      for (int i = 0; i < CALLS; i++) {
        int which = i % inTurn.size();
        Metadata expected = inTurn.get(which);
        Metadata found = atOnce.get(i);
        if (!withoutAnswer(found).equals(withoutAnswer(expected))) {
          otherClues.add(which);
          System.out.printf("in turn: %s%nat once: %s%n", expected, found);
        } else if (!found.equals(expected)) {
          otherAnswer.add(which);
          System.out.printf("in turn: %s; at once: %s%n", answer(expected), answer(found));
        }
      }
      System.out.printf(
          "of %d documents, %d with other clues, %d with the answer in other words%n",
          questions.size(), otherClues.size(), otherAnswer.size());
      assertThat(otherClues.size() + otherAnswer.size()).isLessThanOrEqualTo(1);
    }
  }

  private static SmoothReader open(Compute compute) {
    return SmoothReader.builder()
        .backend(BackendOptions.builder().compute(compute).build())
        .build();
  }

  private static String answer(Metadata metadata) {
    return metadata.getString(SmoothReadingMetadata.ANSWER);
  }

  private static Metadata withoutAnswer(Metadata metadata) {
    return metadata.copy().remove(SmoothReadingMetadata.ANSWER);
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

  private static List<Metadata> inTurn(
      DefaultRetrievalAugmentor augmentor, List<HeldBack> questions) {
    return questions.stream().map(one -> call(augmentor, one)).toList();
  }

  private static List<Metadata> atOnce(
      DefaultRetrievalAugmentor augmentor, List<HeldBack> questions) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    CyclicBarrier barrier = new CyclicBarrier(CALLS);
    try {
      List<Future<Metadata>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        HeldBack one = questions.get(i % questions.size());
        calls.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return call(augmentor, one);
                }));
      }
      List<Metadata> found = new ArrayList<>();
      for (Future<Metadata> call : calls) {
        found.add(call.get());
      }
      return found;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What was found for one question: answer, clues, places and coverage, with the text. */
  private static Metadata call(DefaultRetrievalAugmentor augmentor, HeldBack one) {
    UserMessage message = UserMessage.from(one.question());
    List<Content> contents =
        augmentor
            .augment(
                new AugmentationRequest(
                    message, dev.langchain4j.rag.query.Metadata.from(message, "1", List.of())))
            .contents();
    assertThat(contents).hasSizeLessThanOrEqualTo(1);
    return contents.isEmpty()
        ? new Metadata()
        : contents
            .get(0)
            .textSegment()
            .metadata()
            .put("text", contents.get(0).textSegment().text());
  }
}
