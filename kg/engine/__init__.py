"""Queries and updates, each evaluated in a process that can be killed.

An engine that runs inside a server's own process can neither be stopped nor be held to an amount of memory.
So a `Pool` keeps a few worker processes, gives each one job at a time, and replaces a worker that ran out of
time or memory. A job's answer is whole before its first byte is sent, so an error is always told as one.
"""
