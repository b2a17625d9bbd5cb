#!/bin/sh
# Bytes of last night's backup, were there one.
echo 0
