package io.octavialb.vip;

import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.SyncGroupSettings;
import io.octavialb.vip.config.Tracked;
import io.octavialb.vrrp.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
