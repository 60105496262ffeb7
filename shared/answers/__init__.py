"""What each of Microsoft's services may answer that is no success, and what that means: one table a service.

meaning    the closed set of courses, a row, and how it is found
graph      Microsoft Graph, by status and `error.code`
exchange   the Exchange Online Admin API, by status and the exception's type
ews        Exchange Web Services, by response code
entra      Entra ID, by AADSTS number and OAuth `error`
vault      Key Vault, by status and code
storage    Table and Queue Storage, by status and code

What stands in no table is told as what it is: an unknown answer, with its code for the administrator.
"""
