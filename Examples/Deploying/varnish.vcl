vcl 4.1;
# `sen serve --behind-proxy --purge http://127.0.0.1:6081` behind Varnish, and a server with certificates before it.
import std;

backend sen {
  .host = "127.0.0.1";
  .port = "8080";
}

# Who may say that content has changed: Sen itself.
acl purgers {
  "127.0.0.1";
  "::1";
}

# Whose X-Forwarded-For is believed: the server with the certificates.
acl proxies {
  "127.0.0.1";
  "::1";
}

sub vcl_recv {
  if (req.method == "BAN") {
    # The server with the certificates comes from the same machine, and says for whom.
    if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
      return (synth(405, "Not allowed"));
    }
    if (req.http.Surrogate-Key !~ "^[a-z0-9_]+( [a-z0-9_]+)*$") {
      return (synth(400, "No keys"));
    }
    ban("obj.http.Surrogate-Key ~ \b(" + regsuball(req.http.Surrogate-Key, " ", "|") + ")\b");
    return (synth(200, "Banned"));
  }

  # Varnish has added the address that it was asked from; Sen believes the last one.
  if (client.ip ~ proxies && req.http.X-Forwarded-For ~ ",") {
    set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
  } else {
    set req.http.X-Forwarded-For = client.ip;
    unset req.http.X-Forwarded-Proto;
    unset req.http.X-Forwarded-Host;
  }
  unset req.http.Surrogate-Key;

  if (req.method != "GET" && req.method != "HEAD") {
    return (pass);
  }
  # Cookies are for those few pages that are one visitor's, which Sen puts no key on; all others are the same for all.
  return (hash);
}

sub vcl_backend_response {
  if (beresp.http.Surrogate-Key) {
    # A page, as long as Sen says (Expires), unless Sen takes it back earlier. Browsers ask each time.
    set beresp.grace = 10s;
    return (deliver);
  }
  if (bereq.url ~ "^/site/theme/" && beresp.status == 200) {
    return (deliver);
  }
  # What Sen puts no key on, it cannot take back.
  set beresp.uncacheable = true;
  set beresp.ttl = 0s;
  return (deliver);
}

sub vcl_deliver {
  unset resp.http.Surrogate-Key;
  unset resp.http.Expires;
  unset resp.http.X-Varnish;
  unset resp.http.Via;
}
