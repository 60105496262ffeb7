"""Rollcall's own code; `routes`, one floor up, is what calls it.

errors      everything that can go wrong, drawn as a tree
answers     what each of Microsoft's services may answer, and what that means: a table each
settings    typed settings from the environment
audience    whom a mail reaches: addresses, directories, the walk, the balance sheet
tracking    what becomes of it: tokens, messages, events, verdicts, reports
adapters    one outside system per file
storage     the storage account over plain HTTP, for what is in a hurry
callers     who is calling
web         requests and answers
services    builds everything once per process
"""
