package io.github.smoothreading.benchmarks.search;

/**
 * What came of one question under one condition; a line of the results file.
 *
 * @param id of the question
 * @param condition what the model was given
 * @param model fingerprint of the model
 * @param two whether two passages are needed
 * @param evidence whether all evidence was in the gathered text
 * @param apart tokens between the two pieces of evidence in the gathered text; -1 if not both there
 * @param quoted whether the verified clues hold the answer
 * @param right whether the answer says all it has to
 * @param answer the answer; empty if there is none
 * @param tokens gathered
 * @param tokensRead read before it stopped
 * @param searchMillis time of searching and gathering
 * @param readMillis time of reading
 * @param clues verified ones
 * @param miscited those whose cited range was not the quotation
 */
record Result(
    String id,
    Condition condition,
    String model,
    boolean two,
    boolean evidence,
    int apart,
    boolean quoted,
    boolean right,
    String answer,
    int tokens,
    long tokensRead,
    double searchMillis,
    double readMillis,
    int clues,
    int miscited) {}
