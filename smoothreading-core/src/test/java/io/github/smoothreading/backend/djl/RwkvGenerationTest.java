package io.github.smoothreading.backend.djl;

/** With RWKV-7 too, what a step generates does not depend on drafts or neighbours. */
class RwkvGenerationTest extends GenerationTest {
  @Override
  String model() {
    return "rwkv7";
  }
}
