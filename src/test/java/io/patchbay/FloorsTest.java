package io.patchbay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house stands on its floors: a room imports only from those below it, never from a room beside it or above. */
class FloorsTest {
    /** From the ground up; the rooms of one floor do not know each other. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("wire", "vault"),
            List.of("database", "commit"),
            List.of("radius"),
            List.of("line", "event", "netbox"),
            List.of("ledger"),
            List.of("binding"),
            List.of("reply", "request"),
            List.of("session", "sighting"),
            List.of("access", "converge"),
            List.of("radsec"),
            List.of("api"),
            List.of("console"));

    private static JavaClasses hub;

    @BeforeAll
    static void readClasses() {
        hub = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.patchbay");
    }

    @TestFactory
    List<DynamicTest> roomsKnowOnlyTheFloorsBelow() {
        return FLOORS.stream()
                .flatMap(List::stream)
                .map(room -> DynamicTest.dynamicTest(room, () -> noClasses()
                        .that()
                        .resideInAPackage(packageOf(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBelow(room))
                        .check(hub)))
                .toList();
    }

    @Test
    void everyRoomIsOnAFloor() {
        String[] known =
                FLOORS.stream().flatMap(List::stream).map(FloorsTest::packageOf).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(known)
                .and()
                .doNotHaveSimpleName("PatchbayApplication")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAPackage("io.patchbay..")
                .allowEmptyShould(true)
                .check(hub);
    }

    @Test
    void roomsFormNoCycles() {
        slices().matching("io.patchbay.(*)..").should().beFreeOfCycles().check(hub);
    }

    @Test
    void codecsKnowNeitherSpringNorCamel() {
        noClasses()
                .that()
                .resideInAnyPackage(packageOf("wire"), packageOf("radius"), packageOf("vault"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.camel..")
                .check(hub);
    }

    private static String[] notBelow(String room) {
        int floor = 0;
        while (!FLOORS.get(floor).contains(room)) {
            floor++;
        }
        return FLOORS.subList(floor, FLOORS.size()).stream()
                .flatMap(List::stream)
                .filter(other -> !other.equals(room))
                .map(FloorsTest::packageOf)
                .toArray(String[]::new);
    }

    private static String packageOf(String room) {
        return "io.patchbay." + room + "..";
    }
}
