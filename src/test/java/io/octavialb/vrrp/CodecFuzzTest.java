package io.octavialb.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Seeded: valid packets come back as they were, and no octets make the decoder fail. */
class CodecFuzzTest {
    private static final int ROUNDS = 200_000;
    private static final IpAddress TO4 = IpAddress.parse("224.0.0.18");
    private static final IpAddress TO6 = IpAddress.parse("ff02::12");

    private final Random random = new Random(3768);

    @Test
    void whatIsEncodedIsDecoded() {
        for (int i = 0; i < ROUNDS; i++) {
            Family family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
            Advertisement sent = advertisement(family);
            IpAddress from = address(family);
            assertThat(Codec.decode(encoded(sent, from), from, to(family), 255)).isEqualTo(new Decoded.Accepted(sent));
        }
    }

    /** Each octet that is changed is noticed by the checksum, or the packet means something else that it can be encoded to. */
    @Test
    void alteredPacketsAreDiscardedOrMeanWhatTheySay() {
        Set<Discard> seen = EnumSet.noneOf(Discard.class);
        for (int i = 0; i < ROUNDS; i++) {
            Family family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
            IpAddress from = address(family);
            ByteBuffer packet = altered(encoded(advertisement(family), from), from);
            switch (Codec.decode(packet.duplicate(), from, to(family), 255)) {
                case Discard discard -> seen.add(discard);
                case Decoded.Accepted(var advertisement) ->
                    assertThat(Codec.decode(encoded(advertisement, from), from, to(family), 255))
                            .isEqualTo(new Decoded.Accepted(advertisement));
            }
        }
        assertThat(seen)
                .contains(
                        Discard.LENGTH,
                        Discard.VERSION,
                        Discard.TYPE,
                        Discard.CHECKSUM,
                        Discard.ADDRESS_COUNT,
                        Discard.INTERVAL_ZERO,
                        Discard.AUTHENTICATION_TYPE);
    }

    @Test
    void randomOctetsNeverFail() {
        for (int i = 0; i < ROUNDS; i++) {
            Family family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextBoolean()) {
                octets[0] = (byte) (random.nextBoolean() ? 0x31 : 0x21);
            }
            assertThat(Codec.decode(ByteBuffer.wrap(octets), address(family), to(family), 255))
                    .isNotNull();
        }
    }

    /** Without a destination only the kernel's check of IPv6 stands for ours. */
    @Test
    void withoutADestinationOnlyIpv6Passes() {
        Advertisement six = advertisement(Family.IPV6);
        IpAddress from6 = address(Family.IPV6);
        assertThat(Codec.decode(encoded(six, from6), from6, null, 255)).isEqualTo(new Decoded.Accepted(six));
        Advertisement four = new Advertisement(Version.V3, 1, 100, 100, List.of(TO4), Authentication.None.INSTANCE);
        IpAddress from4 = address(Family.IPV4);
        assertThat(Codec.decode(encoded(four, from4), from4, null, 255)).isEqualTo(Discard.CHECKSUM);
    }

    private Advertisement advertisement(Family family) {
        Version version = family == Family.IPV6 || random.nextBoolean() ? Version.V3 : Version.V2;
        List<IpAddress> addresses = new ArrayList<>();
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            addresses.add(address(family));
        }
        int interval = version == Version.V3 ? 1 + random.nextInt(4095) : 100 * (1 + random.nextInt(255));
        boolean password = version == Version.V2 && random.nextBoolean();
        return new Advertisement(
                version,
                random.nextInt(256),
                random.nextInt(256),
                interval,
                addresses,
                password ? new Authentication.Password("p" + random.nextInt(1_000_000)) : Authentication.None.INSTANCE);
    }

    private IpAddress address(Family family) {
        return family == Family.IPV4
                ? new IpAddress(family, 0, random.nextInt() & 0xffff_ffffL)
                : new IpAddress(family, random.nextLong(), random.nextLong());
    }

    private static IpAddress to(Family family) {
        return family == Family.IPV4 ? TO4 : TO6;
    }

    private static ByteBuffer encoded(Advertisement advertisement, IpAddress from) {
        ByteBuffer packet = ByteBuffer.allocate(1500);
        Codec.encode(advertisement, Checksum.PSEUDO_HEADER, from, to(from.family()), packet);
        return packet.flip();
    }

    /** Some octets changed or cut off; half of them with a checksum that is right again, to get past it. */
    private ByteBuffer altered(ByteBuffer packet, IpAddress from) {
        byte[] octets = new byte[packet.remaining()];
        packet.get(octets);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? 8 : octets.length);
            octets[at] = random.nextInt(3) == 0 ? 0 : (byte) random.nextInt();
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
        ByteBuffer altered = ByteBuffer.wrap(Arrays.copyOf(octets, length));
        if (random.nextBoolean() && length >= 8 && length % 2 == 0) {
            altered.putShort(6, (short) 0);
            boolean third = altered.get(0) >>> 4 == 3;
            long sum = InternetChecksum.ofMessage(altered, 0, length)
                    + (third ? InternetChecksum.ofPseudoHeader(from, to(from.family()), length) : 0);
            altered.putShort(6, (short) ~InternetChecksum.fold(sum));
        }
        return altered;
    }
}
