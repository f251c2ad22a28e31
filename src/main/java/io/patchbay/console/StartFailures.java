package io.patchbay.console;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.spring.boot.CamelSpringBootInitializationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Tells an operator why the hub did not start: the sentence of whoever refused, with file and line where a file is at fault,
 * instead of a page of stack. Registered in {@code META-INF/spring.factories}.
 */
public final class StartFailures implements FailureAnalyzer {
    private static final Path ROUTES = Path.of("routes");

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = sentence(cause);
            if (sentence != null) {
                return new FailureAnalysis(sentence, "Mend it and start again.", failure);
            }
        }
        return null;
    }

    private static String sentence(Throwable cause) {
        if (cause instanceof FailedToCreateRouteException route) {
            return routeSentence(route);
        }
        if (cause instanceof CamelSpringBootInitializationException && !hasOwnCause(cause)) {
            return cause.getMessage();
        }
        return isOurs(cause) ? cause.getMessage() : null;
    }

    private static boolean hasOwnCause(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException || isOurs(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Thrown by us, for us to be read: not by a library that we called with something it did not expect. */
    private static boolean isOurs(Throwable cause) {
        StackTraceElement[] stack = cause.getStackTrace();
        boolean thrownHere = stack.length > 0 && stack[0].getClassName().startsWith("io.patchbay.");
        return thrownHere && cause.getMessage() != null && !(cause instanceof NullPointerException);
    }

    /** A route that is sound YAML but cannot be: Camel names the route, the line is where its culprit is named. */
    private static String routeSentence(FailedToCreateRouteException failure) {
        String culprit = failure.getRouteId();
        String reason = failure.getMessage();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason = cause.getMessage();
            if (cause instanceof NoSuchBeanException bean) {
                culprit = bean.getName();
            }
        }
        return place(failure.getRouteId(), culprit) + "route " + failure.getRouteId() + ": " + reason;
    }

    private static String place(String routeId, String culprit) {
        for (Path file : routeFiles()) {
            List<String> lines = lines(file);
            if (lines.stream().noneMatch(line -> line.strip().equals("id: " + routeId))) {
                continue;
            }
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(": " + culprit)) {
                    return file + ":" + (i + 1) + ": ";
                }
            }
            return file + ": ";
        }
        return "";
    }

    private static List<Path> routeFiles() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(ROUTES, "*.camel.yaml")) {
            found.forEach(files::add);
        } catch (IOException unreadable) {
            return List.of();
        }
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
