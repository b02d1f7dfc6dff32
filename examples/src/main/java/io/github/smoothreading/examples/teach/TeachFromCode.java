package io.github.smoothreading.examples.teach;

import dev.langchain4j.model.chat.ChatModel;
import io.github.smoothreading.langchain4j.teacher.SmoothReadingTeacher;
import io.github.smoothreading.langchain4j.teacher.TeacherReport;
import io.github.smoothreading.langchain4j.teacher.TeacherTask;
import io.github.smoothreading.langchain4j.teacher.Teaching;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets a chat model read for questions about a lease, several documents at once. */
public final class TeachFromCode {
  private TeachFromCode() {}

  static TeacherReport teach(ChatModel chatModel, String lease, Path readings, PrintStream out)
      throws IOException {
    // tag::tasks[]
    List<TeacherTask> tasks =
        List.of(
            TeacherTask.of(lease, "When does the lease end?", "31 May 2027")
                .withOrigin("our own contracts", "CC0-1.0"),
            TeacherTask.unanswerable(lease, "Who pays for the lift?"),
            TeacherTask.of(lease, "Which rooms are let?", "kitchen, study, attic")
                .withEverything()); // no early stop: the list may go on
    // end::tasks[]
    // tag::teach[]
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SmoothReadingTeacher teacher =
          SmoothReadingTeacher.builder()
              .chatModel(chatModel)
              .chunkTokens(128, 1_024) // drawn for each document
              .atOnce(16)
              .executor(threads)
              .build();
      TeacherReport report = teacher.teach(tasks, readings);
      out.println(report);
      return report;
    }
    // end::teach[]
  }

  static void tryOne(SmoothReadingTeacher teacher, TeacherTask task, PrintStream out) {
    // tag::one[]
    Teaching teaching = teacher.teach(task);
    switch (teaching) {
      case Teaching.Accepted accepted -> out.println(accepted.reading().rounds());
      case Teaching.Refused refused -> out.println(refused.rule() + ": " + refused.detail());
      case Teaching.Failed failed -> out.println("try again: " + failed.cause());
    }
    // end::one[]
  }
}
