package dev.lockkeeper.live;

import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run reaches besides its journal and its acts.
 *
 * @param seeking takes what has to be looked up besides
 * @param inspecting takes what has to be read for whoever looks, or nothing
 * @param taking takes text away from the screen
 */
record Beside(
    Consumer<Optional<ObjectName>> seeking,
    Consumer<Optional<Inspection>> inspecting,
    TakenAway taking) {}
