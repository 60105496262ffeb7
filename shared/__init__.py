"""Rollcall's own code; `function_app.py`, one floor up, holds the routes.

errors      everything that can go wrong, drawn as a tree
settings    typed settings from the environment
audience    whom a mail reaches: addresses, directories, the walk, the balance sheet
tracking    what becomes of it: tokens, messages, events, verdicts, reports
adapters    one outside system per file
storage     the storage account over plain HTTP, for what is in a hurry
callers     who is calling
web         requests and answers
services    builds everything once per process
"""
