/**
 * Readings made by a large chat model, for a small reader to be trained on.
 *
 * <p>A {@link io.github.smoothreading.langchain4j.teacher.TeacherTask} is a text, a question and
 * the answer that is known, or that there is none. {@link
 * io.github.smoothreading.langchain4j.teacher.SmoothReadingTeacher} lets a chat model read it chunk
 * by chunk, judges by rules what was written, and keeps what passes as a {@link
 * io.github.smoothreading.langchain4j.teacher.TrainingReading}: one line of the file that {@code
 * training/READINGS.md} describes and the trainer reads.
 */
@NullMarked
package io.github.smoothreading.langchain4j.teacher;

import org.jspecify.annotations.NullMarked;
