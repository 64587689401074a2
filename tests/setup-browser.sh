#!/bin/sh
# The browser test needs a Chromium. Root on Debian installs it; everybody else is told.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "finegraph: installing Debian's chromium for the browser test"
  if apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; then exit 0; fi
  apt-get update -qq >/dev/null 2>&1
  if apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; then exit 0; fi
fi
echo "finegraph: no chromium on the PATH: the browser tests will be skipped (on Debian: apt install chromium)"
