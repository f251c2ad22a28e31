package io.patchbay.reply;

import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.radius.dictionary.DictionaryParser;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads dictionaries and reply profiles at the start; a mistake in one stops it with file and line. */
@Configuration(proxyBeanMethods = false)
class ReplyConfiguration {
    @Bean
    Dictionary radiusDictionary(@Value("${patchbay.dictionary:dictionaries/dictionary}") Path file) {
        return DictionaryParser.load(file);
    }

    @Bean
    ReplyProfiles replyProfiles(
            @Value("${patchbay.config-dir:config}") Path configFolder,
            @Value("${patchbay.accounting.interim-spread:0.1}") double spread,
            @Value("${patchbay.accounting.interim-interval:0}") int interval,
            Dictionary radiusDictionary) {
        return ReplyProfiles.load(
                configFolder.resolve("reply"), radiusDictionary, new InterimIntervals(spread, interval));
    }
}
