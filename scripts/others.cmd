@echo off
rem Lets other computers of the office open the pages too; who may, the page of the doors decides.
"%~dp0SurveyDialer.exe" serve --lan --open
if errorlevel 1 pause
