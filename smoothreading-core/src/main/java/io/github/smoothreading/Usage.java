package io.github.smoothreading;

/**
 * What a reading cost, in tokens.
 *
 * @param tokensRead document tokens read
 * @param tokensFed tokens that went through the model, rounds and rejected drafts included
 * @param tokensReused tokens that were already in memory when a step began, summed over the steps,
 *     counted by the backend
 * @param tokensGenerated tokens written by the model, accepted drafts included
 * @param tokensAccepted those of them that came from drafts
 * @param rounds rounds written
 */
public record Usage(
    long tokensRead,
    long tokensFed,
    long tokensReused,
    long tokensGenerated,
    long tokensAccepted,
    int rounds) {}
