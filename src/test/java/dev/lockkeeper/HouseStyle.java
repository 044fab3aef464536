package dev.lockkeeper;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How every class of the house behaves: pure where it must be, quiet, without state, honestly
 * named.
 *
 * @param root the package that the rooms are in
 */
record HouseStyle(String root) {
  /** A field manager is Kubernetes' own word. */
  private static final int WIDEST = 8;

  private static final Pattern VAGUE =
      Pattern.compile(
          "(?!FieldManager$)(.*(Util|Utils|Helper|Helpers|Manager|Impl)|(Base|Abstract)[A-Z].*)");

  /** Those that look at the machine's clock, which may be set meanwhile, and why they may. */
  private static final Map<String, String> BY_THE_MACHINE =
      Map.of(
          "trust.Scratch", "compares with when a folder was changed",
          "worlds.WorldFiles", "compares with when a folder was changed",
          "helm.RunFolder", "compares with when a file was written",
          "helm.KeptHelm", "compares with when a file was used",
          "helm.HelmSupervisor", "writes for processes that do not share this one's clock",
          "kubernetes.config.ExecCredentials", "compares with the expiry that a plugin wrote");

  private static final Set<String> CLOCKS = Set.of("currentTimeMillis", "nanoTime");
  private static final List<Class<?>> MUTABLE = List.of(Collection.class, Map.class);

  /** Every rule about single classes, by what it promises. */
  Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("the core reads no clock", noClock());
    rules.put("time is measured by the product's own clock", onlyOneClock());
    rules.put("the core draws no random number", noRandomness());
    rules.put("the core starts no thread and waits for none", coreAvoids(threads()));
    rules.put("the core does no I/O", coreAvoids(inputAndOutput()));
    rules.put("facts are records or enums", factsAreRecords());
    rules.put("facts are nested by idea", factsAreNested());
    rules.put("no class has a vague name", noVagueName());
    rules.put("no two classes of a program share a name", namesAreTheirOwn());
    rules.put("no static field can change", noStaticState());
    rules.put("only the command line prints", onlyTheCommandLinePrints());
    rules.put("text has one way out", textHasOneWayOut());
    rules.put("only the command line exits", onlyTheCommandLineExits());
    rules.replaceAll((promise, rule) -> rule.allowEmptyShould(true).as(promise));
    return rules;
  }

  private DescribedPredicate<JavaClass> core() {
    return resideInAnyPackage(
        House.CORE.stream().map(room -> root + "." + room + "..").toArray(String[]::new));
  }

  private ArchRule noClock() {
    return noClasses()
        .that(core())
        .should()
        .callMethodWhere(calling("a clock", HouseStyle::readsClock));
  }

  /** The practice world is another program, whose clocks belong to its story. */
  private ArchRule onlyOneClock() {
    return noClasses()
        .that(resideInAPackage(root + ".."))
        .and(not(resideInAnyPackage(root + ".clock..", root + ".practice..")))
        .and(not(describe("those that compare with it", this::readsTheMachines)))
        .should()
        .callMethodWhere(
            calling(
                "the machine's clock",
                call -> readsClock(call) && !call.getName().equals("nanoTime")));
  }

  private boolean readsTheMachines(JavaClass type) {
    return BY_THE_MACHINE.keySet().stream()
        .anyMatch(each -> type.getName().equals(root + "." + each));
  }

  /** Those that are excused from the product's own clock and need not be. */
  Set<String> excused() {
    return BY_THE_MACHINE.keySet();
  }

  static boolean readsAClock(JavaClass type) {
    return type.getMethodCallsFromSelf().stream().anyMatch(HouseStyle::readsClock);
  }

  private static boolean readsClock(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    return owner.equals("java.lang.System") && CLOCKS.contains(method)
        || owner.startsWith("java.time.") && method.equals("now")
        || owner.equals("java.time.Clock") && method.startsWith("system");
  }

  private ArchRule noRandomness() {
    return noClasses()
        .that(core())
        .should()
        .callMethodWhere(
            calling("chance", call -> Set.of("random", "randomUUID").contains(call.getName())))
        .orShould()
        .dependOnClassesThat(
            resideInAPackage("java.util.random..")
                .or(equivalentTo(java.util.Random.class))
                .or(equivalentTo(java.security.SecureRandom.class)));
  }

  private ArchRule coreAvoids(DescribedPredicate<JavaClass> what) {
    return noClasses().that(core()).should().dependOnClassesThat(what);
  }

  private static DescribedPredicate<JavaClass> threads() {
    return equivalentTo(Thread.class).or(resideInAPackage("java.util.concurrent.."));
  }

  private static DescribedPredicate<JavaClass> inputAndOutput() {
    return resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
        .or(equivalentTo(ProcessBuilder.class))
        .or(equivalentTo(Runtime.class))
        .and(not(equivalentTo(Serializable.class)));
  }

  private ArchRule factsAreRecords() {
    return classes()
        .that()
        .resideInAPackage(root + ".snapshot..")
        .should(be("records, enums or sealed interfaces", HouseStyle::isFact));
  }

  private ArchRule factsAreNested() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".snapshot..", root + ".journal..")
        .and()
        .areRecords()
        .should(
            be(
                "records of at most %d components".formatted(WIDEST),
                type -> type.reflect().getRecordComponents().length <= WIDEST));
  }

  private static boolean isFact(JavaClass type) {
    return type.isRecord()
        || type.isAssignableTo(Enum.class)
        || type.isInterface() && type.reflect().isSealed()
        || type.isAnonymousClass()
        || isWorkbench(type)
        || type.getSimpleName().equals("package-info");
  }

  /**
   * A private class inside a fact's file, on which the fact is put together; nobody else sees it.
   */
  private static boolean isWorkbench(JavaClass type) {
    return type.isMemberClass() && type.getModifiers().contains(JavaModifier.PRIVATE);
  }

  private ArchRule noVagueName() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            be("named for what they are", type -> !VAGUE.matcher(type.getSimpleName()).matches()));
  }

  /** The practice program is another program: it may have a word of its own for the same thing. */
  private ArchRule namesAreTheirOwn() {
    return classes()
        .that()
        .areTopLevelClasses()
        .should(
            new ArchCondition<>("have a name of their own") {
              private final Map<String, List<JavaClass>> named = new HashMap<>();

              @Override
              public void init(Collection<JavaClass> all) {
                named.clear();
                all.forEach(
                    type -> named.computeIfAbsent(name(type), n -> new ArrayList<>()).add(type));
              }

              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (named.get(name(type)).size() > 1
                    && !type.getSimpleName().startsWith("package")) {
                  events.add(
                      SimpleConditionEvent.violated(type, type.getName() + " shares its name"));
                }
              }
            });
  }

  private String name(JavaClass type) {
    String program = type.getPackageName().startsWith(root + ".practice") ? "practice " : "";
    return program + type.getSimpleName();
  }

  private ArchRule noStaticState() {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areStatic()
        .should(neverChange());
  }

  private static ArchCondition<JavaField> neverChange() {
    return new ArchCondition<>("never change") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        if (field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
          return; // what the compiler keeps for enums and their switches
        }
        boolean changes = !field.getModifiers().contains(JavaModifier.FINAL) || holdsState(field);
        if (changes) {
          events.add(SimpleConditionEvent.violated(field, field.getDescription() + " can change"));
        }
      }
    };
  }

  /**
   * Arrays that others can reach, atomics, and collections declared by the class that implements
   * them. A private array is the only way to keep a table of numbers, and stays with its class.
   */
  private static boolean holdsState(JavaField field) {
    JavaClass type = field.getRawType();
    return type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE)
        || type.getPackageName().startsWith("java.util.concurrent")
        || type.isEquivalentTo(StringBuilder.class)
        || !type.isInterface() && MUTABLE.stream().anyMatch(type::isAssignableTo);
  }

  private ArchRule onlyTheCommandLinePrints() {
    return noClasses()
        .that(speechless())
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethodWhere(
            calling("printStackTrace", call -> call.getName().equals("printStackTrace")));
  }

  /** Who holds no stream cannot print, and the outlet makes inert what it is given. */
  private ArchRule textHasOneWayOut() {
    return noClasses()
        .that(resideInAPackage(root + ".."))
        .and(not(describe("the outlet, its library and its processes", this::printsByItself)))
        .should()
        .dependOnClassesThat(
            equivalentTo(java.io.PrintStream.class).or(equivalentTo(java.io.PrintWriter.class)));
  }

  private boolean printsByItself(JavaClass type) {
    return type.getName().startsWith(root + ".cli.Outlet")
        || type.getName().startsWith(root + ".cli.Lockkeeper")
        || Set.of(root + ".practice.World", root + ".helm.Bundled").contains(type.getName());
  }

  private ArchRule onlyTheCommandLineExits() {
    Set<String> owners = Set.of("java.lang.System", "java.lang.Runtime");
    return noClasses()
        .that(speechless())
        .should()
        .callMethodWhere(
            calling(
                "exit or halt",
                call ->
                    Set.of("exit", "halt").contains(call.getName())
                        && owners.contains(call.getTargetOwner().getName())));
  }

  /** Everybody but {@code cli} and those classes in which a process begins. */
  private DescribedPredicate<JavaClass> speechless() {
    return resideInAPackage(root + "..")
        .and(not(resideInAPackage(root + ".cli..")))
        .and(not(describe("the start of a process", this::startsProcess)));
  }

  /** The practice world and the bundled helm are processes of their own, with output in files. */
  private boolean startsProcess(JavaClass type) {
    return Set.of(root + ".Main", root + ".practice.World", root + ".helm.Bundled")
        .contains(type.getName());
  }

  private static DescribedPredicate<JavaMethodCall> calling(
      String what, Predicate<JavaMethodCall> calls) {
    return describe(what, calls);
  }

  private static ArchCondition<JavaClass> be(String what, Predicate<JavaClass> test) {
    return new ArchCondition<>("be " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!test.test(type)) {
          events.add(
              SimpleConditionEvent.violated(type, type.getDescription() + " should be " + what));
        }
      }
    };
  }
}
