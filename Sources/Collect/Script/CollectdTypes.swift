import Model

/// What a type of collectd's `types.db` holds: the names of its values, and whether they count (types.db(5)).
struct CollectdType {
  let sources: [String]
  let kind: ScriptValue.Kind
  let unit: Unit

  init?(_ name: some StringProtocol) {
    guard let (kind, sources) = CollectdType.known[String(name)] else { return nil }
    self.sources = sources
    self.kind = kind
    let base = CollectdType.unit(of: String(name))
    unit = kind == .gauge ? base : base.rate
  }

  private static func unit(of name: String) -> Unit {
    if name.hasSuffix("_octets") || name.hasSuffix("bytes") && name != "percent_bytes" { return .bytes }
    switch name {
    case "memory", "swap", "df", "df_complex", "file_size", "ps_rss", "ps_vm", "ps_data", "ps_code": return .bytes
    case "percent", "percent_bytes", "percent_inodes", "humidity", "cache_ratio", "zone_cpu": return .percent
    case "duration", "uptime", "timeleft", "response_time", "latency": return .seconds
    case "temperature", "smart_temperature": return Unit("°C")
    case "voltage": return Unit("V")
    case "current": return Unit("A")
    case "power": return Unit("W")
    default: return .none
    }
  }

  private static let known: [String: (ScriptValue.Kind, [String])] = {
    var result: [String: (ScriptValue.Kind, [String])] = [
      "absolute": (.absolute, ["value"]), "counter": (.counter, ["value"]),
      "load": (.gauge, ["shortterm", "midterm", "longterm"]), "df": (.gauge, ["used", "free"]),
      "disk_latency": (.gauge, ["read", "write"]), "ps_count": (.gauge, ["processes", "threads"]),
      "duration": (.gauge, ["seconds"]), "compression": (.derive, ["uncompressed", "compressed"]),
      "disk_io_time": (.derive, ["io_time", "weighted_io_time"]), "dns_octets": (.derive, ["queries", "responses"]),
      "ps_cputime": (.derive, ["user", "syst"]), "ps_pagefaults": (.derive, ["minflt", "majflt"]),
      "vmpage_faults": (.derive, ["minflt", "majflt"]), "vmpage_io": (.derive, ["in", "out"]),
      "voltage_threshold": (.gauge, ["value", "threshold"]),
      "smart_attribute": (.gauge, ["current", "worst", "threshold", "pretty"]),
    ]
    for name in words(readWritten) { result[name] = (.derive, ["read", "write"]) }
    for name in words(received) { result[name] = (.derive, ["rx", "tx"]) }
    for name in words(derived) { result[name] = (.derive, ["value"]) }
    for name in words(gauges) { result[name] = (.gauge, ["value"]) }
    return result
  }()

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static let readWritten = "disk_merged disk_octets disk_ops disk_time ps_disk_octets ps_disk_ops"
  private static let received = """
    if_dropped if_errors if_octets if_packets io_octets io_packets memcached_octets mysql_octets node_octets
    serial_octets
    """
  private static let derived = """
    apache_bytes apache_requests ath_stat cache_eviction cache_operation cache_result ceph_rate connections
    contextswitch cpu derive disk_ops_complex dns_answer dns_notify dns_opcode dns_qtype dns_query dns_question
    dns_rcode dns_reject dns_request dns_resolver dns_response dns_transfer dns_update dns_zops drbd_resource fork_rate
    fscache_stat hash_collisions http_request_methods http_requests http_response_codes if_collisions if_multicast
    if_rx_errors if_rx_octets if_tx_errors if_tx_octets invocations ipt_bytes ipt_packets irq memcached_command
    memcached_ops mutex_operations mysql_bpool_counters mysql_commands mysql_handler mysql_innodb_data
    mysql_innodb_dblwr mysql_innodb_log mysql_innodb_pages mysql_innodb_row_lock mysql_innodb_rows mysql_locks
    mysql_log_position mysql_select mysql_sort nfs_procedure nginx_requests node_stat operations packets pf_counters
    pf_source pf_state pg_blks pg_n_tup_c pg_scan pg_xact protocol_counter swap_io total_bytes total_connections
    total_objects total_operations total_requests total_sessions total_threads total_time_in_ms total_values
    virt_cpu_total virt_vcpu vmpage_action
    """
  private static let gauges = """
    apache_connections apache_idle_workers apache_scoreboard ath_nodes backends bitrate blocked_clients bytes
    cache_ratio cache_size ceph_bytes ceph_latency changes_since_last_save charge compression_ratio conntrack count
    cpufreq current current_connections current_sessions delay df_complex df_inodes dns_qtype_cached email_check
    email_count email_size entropy expired_keys fanspeed file_size files flow frequency frequency_offset gauge humidity
    latency links md_disks memcached_connections memcached_items memory memory_lua multimeter mysql_bpool_bytes
    mysql_bpool_pages nginx_connections node_rssi node_tx_rate objects pending_operations percent percent_bytes
    percent_inodes pf_limits pf_states pg_db_size pg_n_tup_g pg_numbackends ping ping_droprate ping_stddev players power
    pressure ps_code ps_data ps_rss ps_stacksize ps_state ps_vm pubsub queue_length records requests response_code
    response_time route_etx route_metric routes segments signal_noise signal_power signal_quality smart_badsectors
    smart_powercycles smart_poweron smart_temperature snr spam_check spam_score spl swap tcp_connections temperature
    threads time_dispersion time_offset timeleft uptime users vcl vcpu voltage volatile_changes vs_memory vs_processes
    vs_threads zone_cpu
    """
}
